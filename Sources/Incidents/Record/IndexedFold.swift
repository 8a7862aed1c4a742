/// The columns of an indexed fold: an enumeration whose cases are their names, so that no other can be asked for.
///
/// A name is of `a`–`z`, digits and `_`, and none of `row`, `key` and `open`.
package protocol IndexColumn: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
  var kind: IndexKind { get }
}

/// A fold that offers some of its values as columns, so that many of them can be filtered, sorted and searched
/// without reading them all.
///
/// The columns are written with the entity, in the same commit. A change to what they are called or to
/// ``indexed`` makes the table anew by itself; a change to what ``value(of:)`` answers needs another `version`.
package protocol IndexedFold: Fold {
  associatedtype Column: IndexColumn
  /// What is found without reading all: whatever has certain values in all but the last column comes by the last.
  /// One column alone is both, a value that is looked up and an order. Each costs every act that changes an entity
  /// another write or two.
  static var indexed: [[IndexOrder<Column>]] { get }
  /// Of the kind that the column says, or null.
  func value(of column: Column) -> IndexValue
}

/// By which column, and in which direction. What has no value comes last in either.
package struct IndexOrder<Column: IndexColumn>: Hashable, Sendable {
  package var column: Column
  package var isDescending: Bool

  package init(_ column: Column, isDescending: Bool = false) {
    self.column = column
    self.isDescending = isDescending
  }

  package static func ascending(_ column: Column) -> Self { Self(column) }

  package static func descending(_ column: Column) -> Self { Self(column, isDescending: true) }
}
