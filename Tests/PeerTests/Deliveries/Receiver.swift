import Foundation
import Testing

/// `scripts/receiving.py`: it keeps what it gets, and answers as the address asks it to.
final class Receiver {
  struct Received: Decodable {
    let method: String
    let path: String
    /// Names and values, in their order.
    let headers: [[String]]
    let body: String

    /// The values of a header.
    func values(_ name: String) -> [String] {
      headers.filter { $0.first?.lowercased() == name.lowercased() }.compactMap(\.last)
    }

    var json: Any? { try? JSONSerialization.jsonObject(with: Data(body.utf8)) }
  }

  static let python = "/usr/bin/python3"
  private let peer: Peer

  init() throws {
    peer = try Peer(Self.python, ready: "/requests") { port, _ in
      [Midwatch.script("receiving.py"), "\(port)"]
    }
  }

  var url: String { peer.url }

  func end() { peer.end() }

  /// What came so far, oldest first.
  func received() throws -> [Received] {
    let answer = try #require(Net.get(peer.url + "/requests"))
    return try JSONDecoder().decode([Received].self, from: Data(answer.body.utf8))
  }
}

/// `scripts/receiving-mail.py`, by aiosmtpd.
final class MailServer {
  /// A message as Python's email module reads it.
  struct Mail: Decodable {
    let from: String
    let to: [String]
    let tls: Bool
    let login: String?
    let headers: [String: String]
    let text: String
    let defects: [String]
    let longest: Int
    let bare: Bool
    let raw: String
  }

  /// Whether aiosmtpd is there.
  static var isInstalled: Bool {
    Peer.has("python3") && FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/aiosmtpd")
  }

  private let peer: Peer
  let folder: String
  var port: UInt16 { peer.port }

  /// - Parameter options: behind port and folder.
  init(_ options: [String] = []) throws {
    var template = Array("/tmp/midwatch-mail-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.folder = folder
    peer = try Peer(Receiver.python, ready: nil) { port, _ in
      [Midwatch.script("receiving-mail.py"), "\(port)", folder] + options
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The messages that came, oldest first.
  func mails() throws -> [Mail] {
    var mails: [Mail] = []
    while let data = FileManager.default.contents(atPath: "\(folder)/\(mails.count + 1).json") {
      mails.append(try JSONDecoder().decode(Mail.self, from: data))
    }
    return mails
  }
}
