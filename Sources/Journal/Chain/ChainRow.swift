import Crypto

/// One row of the table `event` as it is stored: what the chain is computed over.
struct ChainRow: Equatable, Sendable {
  var origin: String
  var seq: Int64
  var id: String
  var version: Int64
  var occurred: Int64
  var ended: Int64?
  var recorded: Int64
  var actor: String
  var kind: String
  var incident: String?
  var ticket: String?
  /// Both nil once erased.
  var body: [UInt8]?
  var salt: [UInt8]?
  var digest: [UInt8]
  /// Nil at seq 1.
  var prev: [UInt8]?
  var hash: [UInt8]

  /// SHA-256 over 0x01, the salt and the body: with both gone the digest still stands in the chain.
  static func digest(salt: [UInt8], body: [UInt8]) -> [UInt8] {
    var sha = SHA256()
    sha.update(data: [0x01])
    sha.update(data: salt)
    sha.update(data: body)
    return Array(sha.finalize())
  }

  /// SHA-256 over 0x00 and every column but body, salt and hash, in the table's order, each as its length in
  /// 8 bytes and its bytes; integers are 8 bytes, two's complement; lengths and integers are big-endian; null
  /// is the length 2⁶⁴−1 and no bytes.
  var computedHash: [UInt8] {
    var bytes: [UInt8] = [0x00]
    bytes.reserveCapacity(512)
    func add(_ field: (some Collection<UInt8>)?) {
      guard let field else { return bytes.append(contentsOf: Self.bigEndian(UInt64.max)) }
      bytes.append(contentsOf: Self.bigEndian(UInt64(field.count)))
      bytes.append(contentsOf: field)
    }
    func add(_ number: Int64?) { add(number.map { Self.bigEndian(UInt64(bitPattern: $0)) }) }
    add(origin.utf8)
    add(seq)
    add(id.utf8)
    add(version)
    add(occurred)
    add(ended)
    add(recorded)
    add(actor.utf8)
    add(kind.utf8)
    add(incident?.utf8)
    add(ticket?.utf8)
    add(digest)
    add(prev)
    return Array(SHA256.hash(data: bytes))
  }

  private static func bigEndian(_ value: UInt64) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}
