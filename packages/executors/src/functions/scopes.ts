interface Scope {
  readonly parent: Scope | undefined
  /** Whether `var` stays in it. */
  readonly isOfFunction: boolean
  readonly names: Set<string>
  /** What has been referred to in it and is not known to be declared yet. */
  references: string[]
}

/** Which names are declared where, and which references find no declaration. */
export class Scopes {
  #scope: Scope = makeScope(undefined, true)

  /** The names that are referred to and declared nowhere; for the end. */
  get free(): ReadonlySet<string> {
    return new Set(this.#scope.references)
  }

  /** Runs `body` in a new scope. Declarations may come after references, so it is settled at the end. */
  inside(isOfFunction: boolean, body: () => void): void {
    const scope = makeScope(this.#scope, isOfFunction)
    this.#scope = scope
    body()
    const outer = scope.parent as Scope
    outer.references.push(...new Set(scope.references.filter((name) => !scope.names.has(name))))
    this.#scope = outer
  }

  declare(name: string, isVar: boolean): void {
    let scope = this.#scope
    while (isVar && !scope.isOfFunction && scope.parent !== undefined) scope = scope.parent
    scope.names.add(name)
  }

  refer(name: string): void {
    this.#scope.references.push(name)
  }

  /** Goes on as if what was referred to in this scope since then had not been. */
  mark(): () => void {
    const scope = this.#scope
    const { length } = scope.references
    return () => {
      this.#scope = scope
      scope.references.length = length
    }
  }
}

function makeScope(parent: Scope | undefined, isOfFunction: boolean): Scope {
  return { parent, isOfFunction, names: new Set(), references: [] }
}
