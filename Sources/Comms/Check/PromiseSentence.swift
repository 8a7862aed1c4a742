/// A sentence that speaks of an update: does whoever writes it promise one, or tell of something else?
struct PromiseSentence {
  /// Words in lower case, `we'll` as `we` and `ll`, `app's` as `app` and `s`.
  let before: [String]
  let phrase: [String]
  let after: [String]
  /// What follows the phrase, without marks of emphasis.
  private let rest: Substring

  init(before: String, phrase: String, after: String) {
    self.before = Self.words(before)
    self.phrase = Self.words(phrase)
    self.after = Self.words(after)
    rest = after.drop { $0 == " " || $0 == "*" || $0 == "_" }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Of `next update`: a promise, unless the sentence tells of one that came or of new software.
  var isAnnounced: Bool {
    if let first = rest.first, ":=–—".contains(first) { return true }
    if isOfSoftware { return false }
    return Self.past.isDisjoint(with: after.prefix(3)) && !before.contains("missed")
      && !before.contains("had")
  }

  /// Of words that also stand in other sentences: a promise only where the sentence says that somebody of us will.
  var isMeant: Bool {
    if isOfSoftware || !Self.others.isDisjoint(with: before) { return false }
    if !Self.coming.isDisjoint(with: before) { return true }
    let isOurs = zip(before, before.dropFirst() + phrase.prefix(1)).contains { word, next in
      ["we", "i"].contains(word) && (Self.writing.contains(next) || next == "then")
    }
    if isOurs { return true }
    // "We watch it and write again at 03:30 UTC."
    if before.first == "we" || before.contains("we"), let verb = phrase.first, Self.writing.contains(verb),
      ["and", "then"].contains(before.last ?? "")
    {
      return Self.past.isDisjoint(with: before)
    }
    // "Another update by 03:30 UTC.", "Another update will follow at 03:30 UTC."
    let begins = before.allSatisfy {
      ["a", "an", "the", "our", "your", "and", "with", "expect"].contains($0)
    }
    guard begins else { return false }
    if before.contains("expect") || !Self.coming.isDisjoint(with: after) { return true }
    let next = rest.first == ":" ? ":" : after.first ?? ""
    let follows = ["by", "at", "before", "around", "follows", "comes", "is", "on", ":"]
    let isFragment = follows.contains(next) || ["by", "at"].contains(phrase.last ?? "")
    return isFragment && Self.past.isDisjoint(with: after)
  }

  /// `The next update of the app ships at 12:00 UTC`.
  private var isOfSoftware: Bool {
    if !Self.shipping.isDisjoint(with: before + after) { return true }
    if let first = after.first, ["of", "for", "to"].contains(first),
      !Self.software.isDisjoint(with: after.dropFirst().prefix(3))
    {
      return true
    }
    let gets: Set<String> = ["get", "gets", "getting", "receive", "receives", "s", "its"]
    return !Self.software.isDisjoint(with: before) && !gets.isDisjoint(with: before)
  }

  private static let coming: Set<String> = [
    "will", "ll", "shall", "going", "expect", "plan", "intend", "promise", "aim",
  ]
  private static let writing: Set<String> = [
    "write", "post", "report", "update", "send", "share", "publish", "give", "provide", "tell", "issue",
  ]
  private static let past: Set<String> = [
    "was", "were", "came", "went", "failed", "arrived", "appeared", "got", "brought", "fixed", "broke",
    "did", "had", "followed", "caused", "made", "started", "wrote", "gave", "told",
  ]
  private static let shipping: Set<String> = [
    "ship", "ships", "shipped", "shipping", "deploy", "deploys", "deployed", "deploying", "release",
    "releases", "released", "releasing", "install", "installs", "installed", "installing", "roll", "rolls",
    "rolled", "rolling", "push", "pushes", "pushed", "apply", "applies", "applied", "download", "downloads",
    "downloaded", "upgrade", "upgraded", "patch", "patched",
  ]
  private static let software: Set<String> = [
    "app", "apps", "application", "ios", "android", "firmware", "software", "client", "plugin", "library",
    "browser", "windows", "driver", "drivers", "version", "package", "module", "module's", "extension",
  ]
  /// Others whose updates are not ours to promise.
  private static let others: Set<String> = [
    "provider", "vendor", "supplier", "carrier", "partner", "bank", "they", "who", "those",
  ]
}
