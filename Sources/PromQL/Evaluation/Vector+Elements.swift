extension Vector {
  /// Elements that were evaluated elsewhere.
  package init(_ elements: [Element]) {
    self.init(Shape(elements.map(\.labels)), elements.map(\.value))
  }
}
