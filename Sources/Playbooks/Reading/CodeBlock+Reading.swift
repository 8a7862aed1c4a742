/// Fences as commands or text.
extension CodeBlock {
  private static let shells: Set<String> = ["bash", "sh", "shell", "zsh"]
  /// Longer blocks are text: nobody reviews such a command.
  private static let maximumShellBytes = 256 << 10

  init(_ node: MarkdownNode) {
    var info = ""
    if case .code(let given?) = node.kind { info = given.trimmed }
    let first = info.prefix { !$0.isWhitespace && !"{,:".contains($0) }.lowercased()
    let line = node.lines.lowerBound + 1
    var text = node.literal
    if text.hasSuffix("\n") { text.removeLast() }
    var kind = Kind.text
    var commands: [Command] = []
    if text.utf8.count <= Self.maximumShellBytes {
      if Self.shells.contains(first) {
        commands = Command.commands(in: text, firstLine: line)
        kind = commands.allSatisfy(\.isAssignment) ? .manual : .commands
      } else if first == "console" {
        commands = Command.prompted(in: text, firstLine: line)
        kind = commands.isEmpty ? .text : commands.allSatisfy(\.isAssignment) ? .manual : .commands
      }
    }
    self.init(
      kind: kind, language: first.isEmpty ? nil : first, info: info, text: text, commands: commands,
      lines: node.lines)
  }
}
