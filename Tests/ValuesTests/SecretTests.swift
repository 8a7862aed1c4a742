import Testing
import Values

@Suite struct SecretTests {
  @Test func nothingPrintsIt() {
    let secret = Secret("hunter22")
    #expect("\(secret)" == "•••")
    #expect(String(reflecting: secret) == "•••")
    #expect("\(["token": secret])".contains("hunter22") == false)
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("hunter22"))
  }

  @Test func textIsMaskedWhereverItStands() {
    #expect(Secret("hunter22").masking("a hunter22 b hunter22") == "a ••• b •••")
    #expect(Secret("abc").masking("abc") == "abc")
  }

  @Test(arguments: [
    ("abc-._~19Z", "", "abc-._~19Z"), ("p&ss/word +1", "", "p%26ss%2Fword%20%2B1"),
    ("p&ss/word +1", "/&", "p&ss/word%20%2B1"), ("ä\n%", "", "%C3%A4%0A%25"), ("", "", ""),
  ])
  func asPartOfAURLItIsEncoded(_ value: String, _ allowed: String, _ expected: String) {
    #expect(Secret(value).percentEncoded(allowing: allowed) == expected)
  }

  @Test func itIsKnownInEachFormInWhichItComesBack() {
    #expect(Secret("plain").echoes == [Secret("plain")])
    #expect(
      Set(Secret("a\"b/c").echoes.map { $0.revealed() }) == [
        "a\"b/c", "a%22b%2Fc", "a\\\"b/c", "a\\\"b\\/c",
      ])
  }
}
