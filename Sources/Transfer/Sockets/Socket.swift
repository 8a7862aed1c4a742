internal import CTransfer
internal import Glibc

/// A descriptor that never blocks, closed with its last owner.
final class Socket {
  let descriptor: Int32

  /// An errno.
  struct Problem: Error, Equatable {
    var code: Int32

    /// Whether it is something that only we lack.
    var isOurs: Bool { [EMFILE, ENFILE, ENOBUFS, ENOMEM, EPERM, EACCES].contains(code) }
    var isTransient: Bool { [EAGAIN, EINTR, EINPROGRESS].contains(code) }
  }

  static let stream = Int32(SOCK_STREAM.rawValue)
  static let datagram = Int32(SOCK_DGRAM.rawValue)

  init(family: Int32, type: Int32, protocol number: Int32 = 0) throws(Problem) {
    let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    descriptor = socket(family, type | flags, number)
    guard descriptor >= 0 else { throw Problem(code: errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// - Returns: whether it stands already; of TCP that is told later.
  func connect(to address: SocketAddress) throws(Problem) -> Bool {
    let result = address.withPointer { Glibc.connect(descriptor, $0, $1) }
    if result == 0 { return true }
    let problem = Problem(code: errno)
    guard problem.code == EINPROGRESS else { throw problem }
    return false
  }

  /// What became of a connection that was under way; throws when nothing became of it.
  func finishConnecting() throws(Problem) {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { throw Problem(code: errno) }
    guard code == 0 else { throw Problem(code: code) }
  }

  func set(_ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// How many were taken; 0 when none can be taken now.
  func send(_ bytes: ArraySlice<UInt8>) throws(Problem) -> Int {
    let sent = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if sent >= 0 { return sent }
    let problem = Problem(code: errno)
    guard problem.isTransient else { throw problem }
    return 0
  }

  /// What came, at most `limit` bytes; empty at the end; nil when nothing has come yet.
  func receive(limit: Int = 16 << 10) throws(Problem) -> [UInt8]? {
    try receiveDatagram(limit: limit)?.bytes
  }

  /// What came in one packet.
  struct Datagram {
    var bytes: [UInt8]
    /// Those that the packet had left, where the socket was asked for them.
    var hops: Int?
    /// Where it says that it comes from; nil where the socket has no such packets.
    var sender: SocketAddress?
  }

  /// The same, with where it came from.
  func receiveDatagram(limit: Int) throws(Problem) -> Datagram? {
    var hops: Int32 = -1
    var sender = sockaddr_storage()
    var problem: Problem?
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      let received = ctransfer_receive_datagram(
        descriptor, buffer.baseAddress, buffer.count, &hops, &sender)
      count = max(0, received)
      if received < 0 { problem = Problem(code: errno) }
    }
    guard let problem else {
      return Datagram(bytes: bytes, hops: hops >= 0 ? Int(hops) : nil, sender: SocketAddress(sender))
    }
    guard problem.isTransient else { throw problem }
    return nil
  }
}
