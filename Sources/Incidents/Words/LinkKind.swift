/// What an incident has to do with what it is linked to.
package enum LinkKind: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
  case related, duplicate, merged, url
}
