/// What is wrong with a template, and the byte of its text at which that stands.
package struct TemplateError: Error, Hashable, Sendable {
  package let what: String
  package let offset: Int

  init(_ what: String, at offset: Int) {
    self.what = what
    self.offset = offset
  }
}

extension TemplateError: CustomStringConvertible {
  package var description: String { what }
}
