import Foundation
import Host
import Incidents
import Playbooks
import Values

/// A Markdown file that is named by its path.
enum PlaybookFile {
  /// The path and the anchor in a reference that is a path: such as holds a slash or ends in `.md`. Nil when it is none.
  static func path(in reference: String, places: Places) -> (path: String, anchor: String?)? {
    // A file's own name may hold a `#`.
    if looksLikePath(reference), exists(places.absolute(reference)) { return (reference, nil) }
    let (name, anchor) = PlaybookDocument.reference(reference)
    return looksLikePath(name) ? (name, anchor) : nil
  }

  private static func looksLikePath(_ text: String) -> Bool { text.contains("/") || text.hasSuffix(".md") }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// - Parameter shown: the path as the user wrote it; problems begin with it.
  static func read(_ path: String, shown: String) throws -> (document: PlaybookDocument, problems: [Problem])
  {
    guard let bytes = FolderReader.contents(of: path) else {
      throw Refusal("\(Inert.terminal(shown)) cannot be read; check its path, its mode and its size.")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Refusal("\(Inert.terminal(shown)) is not UTF-8; save it as UTF-8.")
    }
    var problems: [Problem] = []
    let document = PlaybookDocument(text, file: shown, problems: &problems)
    return (document, problems.sorted())
  }

  /// The anchor, if the document has it; throws a sentence when it has not.
  static func known(_ anchor: String?, in document: PlaybookDocument) throws -> String? {
    guard let anchor, document.section(anchor: anchor) == nil else { return anchor }
    throw Refusal("\(Inert.terminal(document.file)) has no section #\(Inert.terminal(anchor)).")
  }
}
