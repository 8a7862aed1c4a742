internal import CTransfer
internal import Wire

/// One request under way: its libcurl handle, what the handle points into, and what came so far.
final class Exchange {
  let id: TransferID
  let request: Request
  /// Under which ``Admission`` counts it.
  let host: String
  let handle: UnsafeMutableRawPointer
  let origin: Origin

  fileprivate(set) var body: [UInt8] = []
  fileprivate(set) var headers: [Header] = []
  fileprivate(set) var excess: Excess?
  fileprivate var headerBytes = 0

  /// Why we, not the server, ended it.
  enum Excess { case body, headers }

  /// Together, over all responses of one exchange.
  static let headerLimit = 256 << 10

  private let errorBuffer: UnsafeMutablePointer<CChar>
  private var lists: [UnsafeMutablePointer<curl_slist>] = []

  /// - Throws: a failure when the request cannot be sent as it is.
  init(
    _ request: Request, id: TransferID, host: String, handle: UnsafeMutableRawPointer, userAgent: String
  ) throws(Failure) {
    self.id = id
    self.request = request
    self.host = host
    self.handle = handle
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    do {
      origin = try WebAddress(request.url).origin
    } catch {
      errorBuffer.deallocate()
      throw error.failure
    }
    try configure(userAgent: userAgent)
  }

  deinit {
    errorBuffer.deallocate()
    for list in lists { curl_slist_free_all(list) }
  }

  /// libcurl's own words for what went wrong; they may quote the request.
  var errorText: String { String(cString: errorBuffer) }

  func attachSinks() -> CURLcode {
    let code = ctransfer_set_error_buffer(handle, errorBuffer)
    guard code == CURLE_OK else { return code }
    return ctransfer_set_sinks(
      handle, receiveBody, receiveHeader, Unmanaged.passUnretained(self).toOpaque())
  }

  /// A list of libcurl's that lives as long as the exchange.
  func makeList(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = curl_slist_append(list, line) else { break }
      list = longer
    }
    if let list { lists.append(list) }
    return list
  }
}

/// Returning another count than that of the bytes given ends the transfer.
private func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  guard count <= exchange.request.bodyLimit - exchange.body.count else {
    exchange.excess = .body
    return 0
  }
  exchange.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
  return count
}

private func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  exchange.headerBytes += count
  guard exchange.headerBytes <= Exchange.headerLimit else {
    exchange.excess = .headers
    return 0
  }
  let line = UnsafeRawBufferPointer(start: bytes, count: count)
  // A status line begins another response: after a redirect, or after 100 Continue.
  if line.starts(with: "HTTP/".utf8) {
    exchange.headers = []
  } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
    let name = String(decoding: line[..<colon], as: UTF8.self)
    let value = String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self)
    exchange.headers.append(Header(name, value))
  }
  return count
}

/// Without blanks, tabs and line ends around it.
private func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  let rest = bytes.drop(while: isBlank)
  guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return rest }
  return rest[...last]
}
