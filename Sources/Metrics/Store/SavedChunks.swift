/// Samples of one series as they are kept on a disk: sealed chunks, and what was plain in the same code.
package struct SavedChunks: Sendable {
  package let labels: Labels
  /// The first and the last sample's time.
  package let start: Int64
  package let end: Int64
  /// A checksum and chunks; what is in them is the store's own matter.
  package let bytes: [UInt8]

  package init(labels: Labels, start: Int64, end: Int64, bytes: [UInt8]) {
    self.labels = labels
    self.start = start
    self.end = end
    self.bytes = bytes
  }

  init(labels: Labels, start: Int64, end: Int64, chunks: [UInt8]) {
    var writer = BitWriter()
    writer.word(Self.checksum(of: chunks[...]))
    self.init(labels: labels, start: start, end: end, bytes: writer.bytes + chunks)
  }

  /// The chunks, nil when the bytes are not what was saved.
  var chunks: SealedChunks? {
    guard bytes.count > 8 else { return nil }
    let stored = bytes.withUnsafeBytes { buffer in
      var reader = BitReader(buffer)
      return reader.word()
    }
    guard stored == Self.checksum(of: bytes[8...]) else { return nil }
    let chunks = SealedChunks(bytes: SealedChunks.exact(bytes[8...]))
    return chunks.isSound ? chunks : nil
  }

  /// Tells damaged bytes from what was saved; no defence against malice. Linear.
  package static func checksum(of bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.map { Fingerprint.hash($0, count: buffer.count) } ?? 0
    }
  }
}
