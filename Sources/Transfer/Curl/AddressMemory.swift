/// URLs taken apart, so that one that is asked again and again is taken apart once.
struct AddressMemory {
  private var known: [String: WebAddress] = [:]

  /// More than are ever polled in turn; then it begins anew.
  static let limit = 4096

  var count: Int { known.count }

  /// - Throws: what is wrong with the URL; that is not remembered.
  mutating func address(of url: String) throws(WebAddress.Mistake) -> WebAddress {
    if let address = known[url] { return address }
    let address = try WebAddress(url)
    if known.count >= Self.limit { known = [:] }
    known[url] = address
    return address
  }
}
