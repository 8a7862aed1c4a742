/// What routines can come after.
package enum Occasion: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
  /// A window of maintenance ended.
  case maintenance
  /// An incident of the system was resolved.
  case incident
  /// Somebody said so: a version went out, data were migrated.
  case deployment, migration

  /// Whether the journal knows of it without being told.
  package var isRecorded: Bool { self == .maintenance || self == .incident }
}
