/** What says who asks, such as a `BasicAuth`. */
export interface Authorization {
  /** What `Authorization` says. */
  encode(): string
}
