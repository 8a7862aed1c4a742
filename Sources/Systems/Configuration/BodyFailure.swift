/// Why a file cannot be an endpoint's body.
package struct BodyFailure: Error, Equatable {
  /// What follows its name: `does not exist`.
  package let what: String
  package let remedy: String

  package init(_ what: String, remedy: String) {
    self.what = what
    self.remedy = remedy
  }
}
