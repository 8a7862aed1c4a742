#include "CTLS.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct ctls_context {
  SSL_CTX *ssl;
};

struct ctls_session {
  SSL *ssl;
  STACK_OF(X509) *chain;
  int verify;
  long verification;
  int has_trusted_until;
  int64_t trusted_until;
  int system_error;
  char error[256];
};

static int session_slot = -1;

static void register_slot(void) { session_slot = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL); }

// Where an SSL holds its session; registered once, by whoever is first.
static int slot(void) {
  static CRYPTO_ONCE once = CRYPTO_ONCE_STATIC_INIT;
  CRYPTO_THREAD_run_once(&once, register_slot);
  return session_slot;
}

static int seconds_of(const ASN1_TIME *time, int64_t *seconds) {
  struct tm parts;
  memset(&parts, 0, sizeof parts);
  if (time == NULL || ASN1_TIME_to_tm(time, &parts) != 1) return -1;
  *seconds = (int64_t)timegm(&parts);
  return 0;
}

// In place of OpenSSL's own: the chain is kept before it is judged, for the one that is refused is the one
// that people want to see.
static int verify_chain(X509_STORE_CTX *store, void *unused) {
  (void)unused;
  SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
  ctls_session *session = ssl != NULL && slot() >= 0 ? SSL_get_ex_data(ssl, slot()) : NULL;
  if (session == NULL) return 0;
  STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(store);
  if (session->chain == NULL && sent != NULL) session->chain = X509_chain_up_ref(sent);
  int good = X509_verify_cert(store);
  session->verification = X509_STORE_CTX_get_error(store);
  if (good <= 0 && session->verification == X509_V_OK) session->verification = X509_V_ERR_UNSPECIFIED;
  if (good > 0) {
    STACK_OF(X509) *verified = X509_STORE_CTX_get0_chain(store);
    for (int index = 0; index < sk_X509_num(verified); index++) {
      int64_t end = 0;
      if (seconds_of(X509_get0_notAfter(sk_X509_value(verified, index)), &end) != 0) continue;
      if (!session->has_trusted_until || end < session->trusted_until) session->trusted_until = end;
      session->has_trusted_until = 1;
    }
  }
  return good > 0 || !session->verify;
}

ctls_context *ctls_context_new(const char *ca, const char *certificate, const char *key, int *problem) {
  *problem = CTLS_NO_MEMORY;
  ERR_clear_error();
  ctls_context *context = calloc(1, sizeof *context);
  if (context == NULL || slot() < 0) {
    free(context);
    return NULL;
  }
  context->ssl = SSL_CTX_new(TLS_client_method());
  if (context->ssl == NULL) {
    free(context);
    return NULL;
  }
  SSL_CTX_set_cert_verify_callback(context->ssl, verify_chain, NULL);
  SSL_CTX_set_verify(context->ssl, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_mode(context->ssl, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context->ssl, SSL_SESS_CACHE_OFF);
  if (ca != NULL ? SSL_CTX_load_verify_file(context->ssl, ca) != 1
                 : SSL_CTX_set_default_verify_paths(context->ssl) != 1) {
    *problem = CTLS_BAD_CA;
  } else if (certificate != NULL &&
             (SSL_CTX_use_certificate_chain_file(context->ssl, certificate) != 1 ||
              SSL_CTX_use_PrivateKey_file(context->ssl, key != NULL ? key : certificate, SSL_FILETYPE_PEM) != 1 ||
              SSL_CTX_check_private_key(context->ssl) != 1)) {
    *problem = CTLS_BAD_CERTIFICATE;
  } else {
    *problem = 0;
    return context;
  }
  ERR_clear_error();
  ctls_context_free(context);
  return NULL;
}

void ctls_context_free(ctls_context *context) {
  if (context == NULL) return;
  SSL_CTX_free(context->ssl);
  free(context);
}

static int is_address(const char *name) {
  unsigned char bytes[sizeof(struct in6_addr)];
  return inet_pton(AF_INET, name, bytes) == 1 || inet_pton(AF_INET6, name, bytes) == 1;
}

ctls_session *ctls_session_new(ctls_context *context, int descriptor, const char *name, int verify) {
  ctls_session *session = calloc(1, sizeof *session);
  if (session == NULL) return NULL;
  session->verify = verify;
  session->verification = -1;
  session->ssl = SSL_new(context->ssl);
  int good = session->ssl != NULL && SSL_set_ex_data(session->ssl, slot(), session) == 1 &&
             SSL_set_fd(session->ssl, descriptor) == 1;
  if (good && is_address(name)) {
    good = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session->ssl), name) == 1;
  } else if (good) {
    SSL_set_hostflags(session->ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    good = SSL_set1_host(session->ssl, name) == 1 && SSL_set_tlsext_host_name(session->ssl, name) == 1;
  }
  if (good) {
    SSL_set_connect_state(session->ssl);
    return session;
  }
  ERR_clear_error();
  ctls_session_free(session);
  return NULL;
}

void ctls_session_free(ctls_session *session) {
  if (session == NULL) return;
  SSL_free(session->ssl);
  sk_X509_pop_free(session->chain, X509_free);
  free(session);
}

// What a result below zero means, with its reason kept.
static int trouble(ctls_session *session, int result, int system_error) {
  switch (SSL_get_error(session->ssl, result)) {
    case SSL_ERROR_WANT_READ: return CTLS_WANTS_READ;
    case SSL_ERROR_WANT_WRITE: return CTLS_WANTS_WRITE;
    case SSL_ERROR_ZERO_RETURN: return 0;
    default: break;
  }
  unsigned long code = ERR_peek_error();
  session->system_error = code == 0 ? system_error : 0;
  session->error[0] = 0;
  if (code != 0) ERR_error_string_n(code, session->error, sizeof session->error);
  ERR_clear_error();
  return CTLS_FAILED;
}

int ctls_handshake(ctls_session *session) {
  ERR_clear_error();
  errno = 0;
  int result = SSL_do_handshake(session->ssl);
  if (result == 1) return 0;
  int system_error = errno;
  int why = trouble(session, result, system_error);
  return why == 0 ? CTLS_FAILED : why;
}

ptrdiff_t ctls_read(ctls_session *session, uint8_t *bytes, size_t count) {
  ERR_clear_error();
  errno = 0;
  int result = SSL_read(session->ssl, bytes, count > INT_MAX ? INT_MAX : (int)count);
  return result > 0 ? result : trouble(session, result, errno);
}

ptrdiff_t ctls_write(ctls_session *session, const uint8_t *bytes, size_t count) {
  if (count == 0) return 0;
  ERR_clear_error();
  errno = 0;
  int result = SSL_write(session->ssl, bytes, count > INT_MAX ? INT_MAX : (int)count);
  int why = result > 0 ? result : trouble(session, result, errno);
  return why == 0 ? CTLS_FAILED : why;
}

void ctls_close(ctls_session *session) {
  ERR_clear_error();
  if (SSL_is_init_finished(session->ssl)) SSL_shutdown(session->ssl);
  ERR_clear_error();
}

long ctls_verification(const ctls_session *session) { return session->verification; }
const char *ctls_error(const ctls_session *session) { return session->error; }
int ctls_system_error(const ctls_session *session) { return session->system_error; }
const char *ctls_version(const ctls_session *session) { return SSL_get_version(session->ssl); }

const char *ctls_cipher(const ctls_session *session) {
  const SSL_CIPHER *cipher = SSL_get_current_cipher(session->ssl);
  const char *name = cipher != NULL ? SSL_CIPHER_standard_name(cipher) : NULL;
  return name != NULL ? name : cipher != NULL ? SSL_CIPHER_get_name(cipher) : "";
}

int ctls_chain_count(const ctls_session *session) {
  return session->chain != NULL ? sk_X509_num(session->chain) : 0;
}

static X509 *certificate_at(const ctls_session *session, int index) {
  return index >= 0 && index < ctls_chain_count(session) ? sk_X509_value(session->chain, index) : NULL;
}

// What a memory BIO holds, with `?` for control characters other than line feeds, and for a NUL within.
static char *taken(BIO *memory, int keeps_lines) {
  char *bytes = NULL;
  long count = BIO_get_mem_data(memory, &bytes);
  char *text = count >= 0 ? malloc((size_t)count + 1) : NULL;
  if (text != NULL) {
    for (long index = 0; index < count; index++) {
      unsigned char byte = (unsigned char)bytes[index];
      int good = byte >= 0x20 && byte != 0x7F;
      text[index] = good || (keeps_lines && byte == '\n') ? (char)byte : '?';
    }
    text[count] = 0;
  }
  BIO_free(memory);
  return text;
}

static void put_clean(BIO *memory, const unsigned char *bytes, int count) {
  for (int index = 0; index < count; index++) {
    char byte = bytes[index] == '\n' ? '?' : (char)bytes[index];
    BIO_write(memory, &byte, 1);
  }
}

static void put_names(BIO *memory, X509 *certificate) {
  GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  for (int index = 0; index < sk_GENERAL_NAME_num(names); index++) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    char address[INET6_ADDRSTRLEN] = "";
    switch (name->type) {
      case GEN_DNS:
      case GEN_EMAIL:
      case GEN_URI:
        put_clean(memory, ASN1_STRING_get0_data(name->d.ia5), ASN1_STRING_length(name->d.ia5));
        break;
      case GEN_IPADD: {
        int length = ASN1_STRING_length(name->d.iPAddress);
        if (length != 4 && length != 16) continue;
        inet_ntop(length == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(name->d.iPAddress), address,
                  sizeof address);
        BIO_puts(memory, address);
        break;
      }
      default: continue;
    }
    BIO_puts(memory, "\n");
  }
  GENERAL_NAMES_free(names);
}

static void put_hexadecimal(BIO *memory, const unsigned char *bytes, int count) {
  for (int index = 0; index < count; index++) BIO_printf(memory, "%02x", bytes[index]);
}

char *ctls_certificate_text(const ctls_session *session, int index, enum ctls_text what) {
  X509 *certificate = certificate_at(session, index);
  BIO *memory = certificate != NULL ? BIO_new(BIO_s_mem()) : NULL;
  if (memory == NULL) return NULL;
  unsigned long flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
  switch (what) {
    case CTLS_SUBJECT: X509_NAME_print_ex(memory, X509_get_subject_name(certificate), 0, flags); break;
    case CTLS_ISSUER: X509_NAME_print_ex(memory, X509_get_issuer_name(certificate), 0, flags); break;
    case CTLS_NAMES: put_names(memory, certificate); break;
    case CTLS_SERIAL: {
      const ASN1_INTEGER *serial = X509_get0_serialNumber(certificate);
      put_hexadecimal(memory, ASN1_STRING_get0_data(serial), ASN1_STRING_length(serial));
      break;
    }
    case CTLS_FINGERPRINT: {
      unsigned char digest[EVP_MAX_MD_SIZE];
      unsigned count = 0;
      if (X509_digest(certificate, EVP_sha256(), digest, &count) == 1) {
        put_hexadecimal(memory, digest, (int)count);
      }
      break;
    }
  }
  ERR_clear_error();
  return taken(memory, what == CTLS_NAMES);
}

void ctls_free(char *text) { free(text); }

int ctls_certificate_time(const ctls_session *session, int index, int end, int64_t *seconds) {
  X509 *certificate = certificate_at(session, index);
  if (certificate == NULL) return -1;
  return seconds_of(end ? X509_get0_notAfter(certificate) : X509_get0_notBefore(certificate), seconds);
}

int ctls_trusted_until(const ctls_session *session, int64_t *seconds) {
  if (!session->has_trusted_until) return -1;
  *seconds = session->trusted_until;
  return 0;
}
