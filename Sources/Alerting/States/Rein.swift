/// What keeps an alert of a built-in rule as it is, whatever its condition says.
package enum Rein: Hashable, Sendable {
  /// It does not begin: what its condition says is not the endpoint's own fault, or not known to be.
  case quiet
  /// It fires on: its endpoint goes up and down, and one page for that is enough.
  case firesOn
}
