import Terminal
import Values

/// Themes by name: the responder's own, the bundled ones, and those compiled in.
package struct Themes {
  private let folders: [String]

  package init(_ places: Places) {
    folders = places.themes
  }

  /// By name; nil paths are compiled in.
  package var all: [(name: String, path: String?)] {
    var found: [String: String?] = ["dark": nil, "none": nil]
    for folder in folders.reversed() {
      for file in FolderReader.files(in: folder, ending: ".yaml") {
        found[String(file.dropLast(5))] = folder + "/" + file
      }
    }
    return found.map { (name: $0.key, path: $0.value) }.sorted { $0.name < $1.name }
  }

  /// The theme called `name`; problems, with `dark` instead, when it cannot be read.
  package func theme(_ name: String) -> (theme: Theme, problems: [Problem]) {
    if name == "none" { return (.none, []) }
    guard let (text, path) = text(of: name) else {
      let unknown = Problem(
        "there is no theme \(name)", remedy: "choose one of \(all.map(\.name).joined(separator: ", "))",
        file: "theme")
      return (.dark, name == "dark" ? [] : [unknown])
    }
    var problems: [Problem] = []
    let theme = Theme.parse(text, file: path, find: { self.text(of: $0)?.text }, problems: &problems)
    return (theme ?? .dark, problems)
  }

  private func text(of name: String) -> (text: String, path: String)? {
    for folder in folders {
      let path = "\(folder)/\(name).yaml"
      if let bytes = FolderReader.contents(of: path) { return (String(decoding: bytes, as: UTF8.self), path) }
    }
    return nil
  }
}
