import Glibc

/// One client of a ``HostileServer``.
struct Connection {
  let descriptor: Int32
  /// Its shutdown ends answers that would go on for ever.
  let server: Int32

  /// Up to the empty line, and the body that Content-Length announces; nil at the end.
  func readHead() -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      // A TLS client speaks first, and not in lines.
      guard recv(descriptor, &byte, 1, 0) == 1 else { return bytes.isEmpty ? nil : "" }
      bytes.append(byte)
      if bytes.first == 0x16 { return "TLS" }
    }
    let head = String(decoding: bytes, as: UTF8.self)
    let length =
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
    var body: [UInt8] = []
    while body.count < length, recv(descriptor, &byte, 1, 0) == 1 { body.append(byte) }
    return head + String(decoding: body, as: UTF8.self)
  }

  /// - Returns: whether the connection stays open.
  func answer(_ head: String, port: Int) -> Bool {
    let target = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    switch target.split(separator: "?").first.map(String.init) ?? "" {
    case "/ok": return send(page: "fine")
    case "/echo": return send(page: head)
    case "/missing": return send("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")
    case "/latin1":
      return send(bytes: Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n".utf8) + [0xE9, 0xFF])
    case "/loop": return send("HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n")
    case "/to":
      // `/to?URL`
      let url = target.drop { $0 != "?" }.dropFirst()
      return send("HTTP/1.1 302 Found\r\nLocation: \(url)\r\nContent-Length: 0\r\n\r\n")
    case "/huge":
      guard send("HTTP/1.1 200 OK\r\nContent-Length: \(200 << 20)\r\n\r\n") else { return false }
      let piece = [UInt8](repeating: 0x78, count: 1 << 20)
      for _ in 0..<200 { guard send(bytes: piece) else { return false } }
      return true
    case "/endless-header":
      guard send("HTTP/1.1 200 OK\r\n") else { return false }
      for number in 0..<100_000 { guard send("X-\(number): some value\r\n") else { return false } }
      return false
    case "/drip":
      guard send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n") else { return false }
      while waitForEnd(milliseconds: 100) == false { guard send("x") else { return false } }
      return false
    case "/silent":
      while waitForEnd(milliseconds: 1000) == false {}
      return false
    case "/reset":
      _ = send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
      var now = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
      return false
    case "/short": return send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf") && false
    case "/empty": return false
    case "/garbage": return send("\u{1}\u{2}what is this\r\nI do not know\r\n\r\n") && false
    case "/bad-chunks":
      return send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\nbody\r\n") && false
    case "/not-gzip":
      return send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!")
    default:
      return send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") && false
    }
  }

  private func send(page: String) -> Bool {
    send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)")
  }

  private func send(_ text: String) -> Bool { send(bytes: Array(text.utf8)) }

  private func send(bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// Whether the client went away, or the server stopped, within that time.
  private func waitForEnd(milliseconds: Int32) -> Bool {
    var watched = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: server, events: Int16(POLLHUP), revents: 0),
    ]
    guard poll(&watched, 2, milliseconds) > 0 else { return false }
    return true
  }
}
