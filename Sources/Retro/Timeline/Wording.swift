/// What a kind of event says: its tone, sign, word and text.
struct Wording: Equatable {
  var tone: TimelineLine.Tone
  var sign: String
  var word: String
  var text: String
  var detail: String?

  init(_ tone: TimelineLine.Tone, _ sign: String, _ word: String, _ text: String, detail: String? = nil) {
    self.tone = tone
    self.sign = sign
    self.word = word
    self.text = text
    self.detail = detail
  }
}
