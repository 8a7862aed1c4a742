/// How much of a text a destination takes, in characters.
package struct TextLimit: Equatable, Sendable {
  /// The destination, as people know it: `status-page`.
  package let of: String
  package let subject: Int?
  package let text: Int?

  package init(of: String, subject: Int? = nil, text: Int? = nil) {
    self.of = of
    self.subject = subject
    self.text = text
  }
}
