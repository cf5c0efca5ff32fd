/** A function as it travels: an export of a module, or an expression that needs nothing around it. */
export type FunctionReference =
  | { readonly url: string; readonly name: string }
  | { readonly source: string }
