import Crypto
import Foundation
import GRDB

/// Long texts by their SHA-256: in the table `blob` up to 8 MiB, above that in files beside the journal.
enum Blobs {
  static let largestRow = 8 << 20

  static func digest(_ bytes: [UInt8]) -> String { Hex.text(SHA256.hash(data: bytes)) }

  /// Inside a transaction; a file is on the disk before the commit names it.
  static func save(_ bytes: [UInt8], _ db: Database, limit: Int = largestRow) throws {
    let name = digest(bytes)
    let sql = "INSERT INTO blob (sha256, size, bytes) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING"
    var row: Data?
    if bytes.count <= limit {
      row = Data(bytes)
    } else {
      try BlobFolder(besides: db).write(bytes, name: name)
    }
    try db.cachedStatement(sql: sql).execute(arguments: [name, bytes.count, row])
  }

  static func load(_ name: String, _ db: Database, folder: BlobFolder) throws -> [UInt8]? {
    let statement = try db.cachedStatement(sql: "SELECT bytes FROM blob WHERE sha256 = ?")
    guard let row = try Row.fetchOne(statement, arguments: [name]) else { return nil }
    return try row.decode(Data?.self, atIndex: 0).map(Array.init) ?? folder.read(name)
  }

  /// Digests that a body names, as `"sha256":"…"` anywhere in it.
  static func named(in body: [UInt8]) -> [String] {
    let text = String(decoding: body, as: UTF8.self)
    guard text.contains("\"sha256\"") else { return [] }
    let value = try? JSONSerialization.jsonObject(with: Data(body))
    var found: [String] = []
    collect(value, into: &found)
    return found
  }

  private static func collect(_ value: Any?, into found: inout [String]) {
    if let list = value as? [Any] {
      for item in list { collect(item, into: &found) }
    } else if let object = value as? [String: Any] {
      if let digest = object["sha256"] as? String, Hex.isDigest(digest) { found.append(digest) }
      for (_, item) in object { collect(item, into: &found) }
    }
  }
}
