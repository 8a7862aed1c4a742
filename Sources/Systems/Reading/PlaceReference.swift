import Values

/// A name that something must answer to, and where it stands.
struct PlaceReference: Sendable {
  let name: String
  let file: String
  let position: Position
}
