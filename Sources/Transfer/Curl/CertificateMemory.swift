internal import CTransfer
internal import Values

/// When the certificates of a connection expire. libcurl tells it only with the handshake, so it is kept for
/// the requests that use the connection again.
struct CertificateMemory {
  private var known: [String: Instant] = [:]

  /// More connections than are ever open at once.
  private static let limit = 4096

  /// The earliest expiry in the chain that the server showed; nil without TLS.
  ///
  /// - Parameter address: of the server, with its port.
  mutating func expiry(of handle: UnsafeMutableRawPointer, address: String) -> Instant? {
    let localPort = ctransfer_get_long(handle, CURLINFO_LOCAL_PORT)
    let connection = "\(localPort) \(address)"
    guard ctransfer_get_long(handle, CURLINFO_NUM_CONNECTS) > 0 else { return known[connection] }
    let expiry = Self.chain(of: handle).min()
    if known.count >= Self.limit { known = [:] }
    known[connection] = expiry
    return expiry
  }

  private static func chain(of handle: UnsafeMutableRawPointer) -> [Instant] {
    var expiries: [Instant] = []
    var index: Int32 = 0
    while let first = ctransfer_get_certificate(handle, index) {
      var field: UnsafePointer<curl_slist>? = first
      while let current = field {
        if let data = current.pointee.data, let expiry = expiry(in: String(cString: data)) {
          expiries.append(expiry)
        }
        field = UnsafePointer(current.pointee.next)
      }
      index += 1
    }
    return expiries
  }

  /// `Expire date:Nov 20 00:41:24 2026 GMT`, as libcurl prints it with OpenSSL.
  static func expiry(in field: String) -> Instant? {
    let label = "Expire date:"
    guard field.hasPrefix(label) else { return nil }
    let words = field.dropFirst(label.count).split(separator: " ")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard words.count == 5, words[4] == "GMT", let month = months.firstIndex(of: String(words[0])),
      let day = Int(words[1]), let year = Int(words[3])
    else { return nil }
    let clock = words[2].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3 else { return nil }
    let time = CivilTime(
      year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2])
    return time.isValid ? time.instant() : nil
  }
}
