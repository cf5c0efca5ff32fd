declare module 'virtual:doc-examples' {
  export const files: readonly {
    readonly path: string
    readonly examples: readonly {
      readonly line: number
      readonly load: () => Promise<{ readonly __expectations: number }>
    }[]
  }[]
}
