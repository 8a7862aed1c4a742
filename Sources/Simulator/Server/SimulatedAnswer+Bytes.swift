import Serving

extension SimulatedAnswer {
  /// The answer on the wire.
  func bytes(to request: HTTPRequest) -> [UInt8] {
    let fields = headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    return HTTPResponse(status, fields: fields, body: body).bytes(
      method: request.method, keepsAlive: request.keepsAlive)
  }

  /// Neither HTTP nor UTF-8: the same 256 bytes each time.
  static let garbage: [UInt8] = [0xFF, 0xFE] + (0..<254).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 129) }
}
