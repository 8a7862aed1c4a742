internal import CTerminal
package import Values

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The real terminal: draws frames and reads keys. One at a time, on one thread.
///
/// For a poll(2) loop: when ``inputDescriptor`` or ``signalDescriptor`` is readable, call ``readKeys()``.
/// However the process ends, the terminal gets its modes back; see CTerminal.
package final class TerminalDriver {
  package struct Options: Sendable {
    /// Draw signs, rules and graphs in ASCII.
    package var ascii: Bool
    /// `$TERM`.
    package var term: String
    /// Whether `$TMUX` is set.
    package var isInTmux: Bool
    /// How the desktop is notified; nil goes by ``term``.
    package var notices: DesktopNotice?

    package init(
      ascii: Bool = false, term: String = "", isInTmux: Bool = false, notices: DesktopNotice? = nil
    ) {
      self.ascii = ascii
      self.term = term
      self.isInTmux = isInTmux
      self.notices = notices
    }
  }

  /// What had to be done otherwise than asked, for a toast: `no description of "x" …`.
  package private(set) var notice: String?
  /// Colours the terminal has; 0 for none.
  package let colours: Int
  /// Whether it shows nothing but ASCII; graphs should be drawn in that mode then.
  package let isASCII: Bool
  /// What graphs are best drawn with: the Linux console's font has blocks and no braille.
  package var graphMode: GraphMode {
    if isASCII { return .ascii }
    return options.term == "linux" || options.term.hasPrefix("vt") ? .block : .braille
  }
  package private(set) var size: Size
  /// The signal that asked the process to end (TERM, HUP, INT), or HUP when the terminal is gone; the loop
  /// should leave when it is set.
  package private(set) var terminationSignal: Int32?

  private var theme: Theme
  private var attributes: [Style: (flags: Int32, pair: Int32)] = [:]
  private var last: Frame?
  private var decoder = KeyDecoder()
  private let options: Options
  private let isUTF8: Bool
  private var isOpen = true
  private var isSuspended = false
  private var isActive: Bool { isOpen && !isSuspended }

  /// Takes the terminal. An unknown `$TERM` is drawn as xterm-256color, xterm or vt100, and ``notice`` says so.
  package init(theme: Theme, options: Options = Options()) throws(TerminalError) {
    let wanted = options.term
    if wanted == "dumb" { throw .incapable(term: wanted) }
    let fallbacks = ["xterm-256color", "xterm", "vt100"].filter { $0 != wanted }
    let chain = (wanted.isEmpty ? [] : [wanted]) + fallbacks
    var opened: String?
    for term in chain where opened == nil {
      switch ct_open(term) {
      case Int32(CT_OPENED): opened = term
      case Int32(CT_NO_TERMINAL): throw .noTerminal
      case Int32(CT_SYSTEM_ERROR): throw .system
      case Int32(CT_INCAPABLE) where term == wanted && wanted != "unknown":
        throw .incapable(term: wanted)
      default: continue
      }
    }
    guard let opened else { throw .unknown(tried: chain) }
    if opened != wanted {
      notice =
        wanted.isEmpty
        ? "TERM is not set; drawing as for \(opened)"
        : "no description of the terminal \"\(wanted)\" is installed here; drawing as for \(opened)"
    }
    self.options = options
    self.theme = theme
    isUTF8 = ct_is_utf8()
    isASCII = options.ascii || !isUTF8
    colours = Int(ct_colours())
    size = Self.currentSize
  }

  deinit { close() }

  private static var currentSize: Size {
    var width: Int32 = 0
    var height: Int32 = 0
    ct_size(&width, &height)
    return Size(width: Int(width), height: Int(height))
  }
}

// MARK: - Drawing

extension TerminalDriver {
  /// Shows a frame: sends what differs from the one before, at once. Nothing when nothing differs.
  package func draw(_ frame: Frame) {
    guard isActive, frame != last else { return }
    let shown = isUTF8 ? (options.ascii ? frame.asciiSigns() : frame) : frame.asciiOnly()
    let before = last.flatMap { $0.size == frame.size ? $0 : nil }
    for y in 0..<min(frame.size.height, size.height) {
      let line = y * frame.size.width..<(y + 1) * frame.size.width
      // A line is put whole, so that no half of a wide character is left from the line before it.
      if let before, before.cells[line] == frame.cells[line] { continue }
      for x in 0..<min(frame.size.width, size.width) {
        put(shown.cells[y * frame.size.width + x], x: x, y: y)
      }
    }
    let cursor = frame.cursor.flatMap { frame.bounds.contains($0) ? $0 : nil }
    ct_flush(Int32(cursor?.y ?? -1), Int32(cursor?.x ?? 0), decoder.hasSynchronisedOutput)
    last = frame
  }

  private func put(_ cell: Cell, x: Int, y: Int) {
    guard cell.width > 0, x + cell.width <= size.width else { return }
    let (flags, pair) = attributes(of: cell.style)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1 + Glyph.maximumMarks) { scalars in
      var count = 0
      for scalar in cell.grapheme.unicodeScalars.prefix(scalars.count) {
        scalars[count] = scalar.value
        count += 1
      }
      ct_put(Int32(y), Int32(x), scalars.baseAddress, count, Int32(cell.width), flags, pair)
    }
  }

  private func attributes(of style: Style) -> (flags: Int32, pair: Int32) {
    if let known = attributes[style] { return known }
    // Without colours a theme's backgrounds would leave nothing to see.
    let drawn = (colours >= 8 ? theme : .none).look(of: style).drawn(ofColours: colours)
    var flags: Int32 = 0
    if drawn.bold { flags |= Int32(CT_BOLD) }
    if drawn.underline { flags |= Int32(CT_UNDERLINE) }
    if drawn.reverse { flags |= Int32(CT_REVERSE) }
    let found = (flags, ct_pair(Int32(drawn.foreground), Int32(drawn.background)))
    attributes[style] = found
    return found
  }

  /// Draws everything in another theme from the next frame on.
  package func apply(_ theme: Theme) {
    self.theme = theme
    attributes = [:]
    last = nil
  }

  /// Draws everything anew with the next frame: Ctrl-L.
  package func repaint() {
    guard isActive else { return }
    last = nil
    ct_repaint()
  }

  package func bell() {
    send("\u{7}")
  }

  /// Copies a text to the clipboard of the terminal's own computer; nil when it was sent (a terminal does not
  /// say whether it took it), else why it was not.
  package func copyOSC52(_ text: String) -> String? {
    switch Clipboard.sequence(copying: text, term: options.term, isInTmux: options.isInTmux) {
    case .success(let bytes):
      send(bytes)
      return nil
    case .failure(let refusal): return refusal.sentence
    }
  }

  /// Asks the terminal to show a notification of the desktop; a terminal does not say whether it does.
  package func notify(title: String, text: String) {
    let notices = options.notices ?? DesktopNotice(term: options.term)
    let bytes = notices.sequence(title: title, text: text, term: options.term, isInTmux: options.isInTmux)
    if let bytes { send(bytes) }
  }

  private func send(_ text: String) {
    guard isActive else { return }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { ct_write($0.baseAddress, $0.count) }
    }
  }
}

// MARK: - Reading

extension TerminalDriver {
  package var inputDescriptor: Int32 { STDIN_FILENO }
  package var signalDescriptor: Int32 { ct_signal_descriptor() }

  /// Keys that have come, changes of size among them; empty when none. Waits for nothing, but 25 ms after
  /// an ESC that may begin a sequence. A SIGTSTP from outside comes as Ctrl-Z.
  package func readKeys() -> [Key] {
    guard isActive else { return [] }
    var keys = readSignals()
    while true {
      let count = read(waiting: decoder.isWaiting ? 25 : 0, into: &keys)
      if count > 0 { continue }
      if count < 0 { terminationSignal = terminationSignal ?? SIGHUP }
      if decoder.isWaiting { keys += decoder.flush() }
      return keys
    }
  }

  private func read(waiting milliseconds: Int32, into keys: inout [Key]) -> Int {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { bytes in
      let count = ct_read(bytes.baseAddress, bytes.count, milliseconds)
      if count > 0 { keys += decoder.receive(bytes.prefix(count)) }
      return count
    }
  }

  private func readSignals() -> [Key] {
    var termination: Int32 = 0
    let came = ct_take_signals(&termination)
    if termination != 0 { terminationSignal = termination }
    var keys: [Key] = []
    if came & Int32(CT_CONTINUED) != 0 {
      ct_resume()
      keys.append(resized())
    } else if came & Int32(CT_RESIZED) != 0 {
      keys.append(resized())
    }
    if came & Int32(CT_STOPPED) != 0 { keys.append(.ctrl("z")) }
    return keys
  }

  private func resized() -> Key {
    size = Self.currentSize
    ct_resize(Int32(size.width), Int32(size.height))
    last = nil
    return .resize(size)
  }
}

// MARK: - Leaving and coming back

extension TerminalDriver {
  /// Gives the terminal to a child process, an editor for example, until ``resume()``: meanwhile nothing is
  /// drawn or read, Ctrl-C is the child's, and Ctrl-Z stops both.
  package func suspend() {
    guard isActive else { return }
    isSuspended = true
    ct_suspend()
  }

  /// While another process has the terminal: learns that ours was asked to end. What else came is found out by
  /// ``resume()``.
  package func noticeSignals() {
    guard isOpen, isSuspended else { return }
    var termination: Int32 = 0
    _ = ct_take_signals(&termination)
    if termination != 0 { terminationSignal = termination }
  }

  /// Takes it again; the next frame is drawn whole. The size may be another: see ``size``.
  package func resume() {
    guard isOpen, isSuspended else { return }
    isSuspended = false
    ct_resume()
    size = Self.currentSize
    last = nil
  }

  /// Stops the process as Ctrl-Z does, and comes back when it is continued.
  package func stop() {
    guard isActive else { return }
    ct_stop()
    size = Self.currentSize
    last = nil
  }

  /// Gives the terminal back, and prints what was written to standard error meanwhile.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    ct_close()
  }
}
