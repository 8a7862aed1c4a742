/// A catalog that a store shares with its copies; the first to change it copies it.
final class CatalogBox: @unchecked Sendable {
  // Unchecked: only a store that alone refers to the box changes what is in it.
  var catalog: Catalog

  init() { catalog = Catalog() }

  init(_ catalog: consuming Catalog) { self.catalog = catalog }

  func copy() -> CatalogBox { CatalogBox(Catalog(copying: catalog)) }
}
