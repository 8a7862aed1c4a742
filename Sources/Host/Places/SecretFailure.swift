/// Why a secret could not be read: what is the matter, and what to do.
struct SecretFailure: Error {
  let what: String
  let remedy: String

  init(_ what: String, remedy: String) {
    self.what = what
    self.remedy = remedy
  }
}
