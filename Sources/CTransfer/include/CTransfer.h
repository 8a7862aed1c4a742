// The only include of libcurl, and of the calls of Linux that Swift does not see. libcurl's setters are
// variadic, which Swift cannot call: here is one function for each type of argument. Everything else of
// libcurl is called as it is.
#ifndef CTRANSFER_H
#define CTRANSFER_H

#include <curl/curl.h>
#include <linux/errqueue.h>
#include <malloc.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

typedef size_t (*ctransfer_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ctransfer_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ctransfer_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}

// libcurl copies the text.
static inline CURLcode ctransfer_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

typedef size_t (*ctransfer_source)(char *room, size_t size, size_t count, void *context);

// What goes up, such as a mail, comes from `give`.
static inline CURLcode ctransfer_set_source(CURL *easy, ctransfer_source give, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_READFUNCTION, give);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_READDATA, context);
  return code;
}

typedef int (*ctransfer_pulse)(void *context, curl_off_t down, curl_off_t came, curl_off_t up, curl_off_t went);

// Asked about once a second; anything but 0 ends the transfer.
static inline CURLcode ctransfer_set_pulse(CURL *easy, ctransfer_pulse ask, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, ask);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_XFERINFODATA, context);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  return code;
}

static inline CURLcode ctransfer_set_login(CURL *easy, const char *user, const char *password) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_USERNAME, user);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PASSWORD, password);
  return code;
}

// libcurl copies as many bytes as CURLOPT_POSTFIELDSIZE_LARGE, set before, says.
static inline CURLcode ctransfer_set_body(CURL *easy, const void *bytes) {
  return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

// The list must outlive the transfer.
static inline CURLcode ctransfer_set_list(CURL *easy, CURLoption option, struct curl_slist *list) {
  return curl_easy_setopt(easy, option, list);
}

// The buffer holds CURL_ERROR_SIZE bytes and outlives the transfer.
static inline CURLcode ctransfer_set_error_buffer(CURL *easy, char *buffer) {
  return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, buffer);
}

static inline CURLcode ctransfer_set_sinks(CURL *easy, ctransfer_sink body, ctransfer_sink header,
                                            void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
  return code;
}

// `take` is told of what goes over the wire: kind is one of libcurl's curl_infotype.
typedef int (*ctransfer_witness)(CURL *easy, curl_infotype kind, char *bytes, size_t count, void *context);

static inline CURLcode ctransfer_set_witness(CURL *easy, ctransfer_witness take, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, take);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_DEBUGDATA, context);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  return code;
}

static inline CURLcode ctransfer_set_basic(CURL *easy, const char *user, const char *password) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_USERNAME, user);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PASSWORD, password);
  return code;
}

static inline CURLcode ctransfer_set_bearer(CURL *easy, const char *token) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, token);
  return code;
}

// 0 when libcurl does not know.
static inline long ctransfer_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t ctransfer_get_offset(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

// NULL when libcurl does not know; else valid until the next transfer of the handle.
static inline const char *ctransfer_get_text(CURL *easy, CURLINFO info) {
  const char *value = NULL;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : NULL;
}

// The fields of the certificate at `index` of the chain, leaf first; NULL past its end.
static inline const struct curl_slist *ctransfer_get_certificate(CURL *easy, int index) {
  struct curl_certinfo *chain = NULL;
  if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == NULL) return NULL;
  return index >= 0 && index < chain->num_of_certs ? chain->certinfo[index] : NULL;
}

static inline CURLMcode ctransfer_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

// The result of a transfer that is done, and in `easy` its handle; -1 when none is.
static inline int ctransfer_multi_next_done(CURLM *multi, CURL **easy) {
  int left = 0;
  CURLMsg *message = NULL;
  while ((message = curl_multi_info_read(multi, &left)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    *easy = message->easy_handle;
    return (int)message->data.result;
  }
  return -1;
}

typedef int (*ctransfer_socket_watcher)(CURL *easy, curl_socket_t socket, int what, void *context,
                                        void *socket_context);
typedef int (*ctransfer_timer)(CURLM *multi, long milliseconds, void *context);

// From now on libcurl says which sockets it waits for, and until when.
static inline CURLMcode ctransfer_multi_watch(CURLM *multi, ctransfer_socket_watcher socket,
                                              ctransfer_timer timer, void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  return code;
}

static inline int ctransfer_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// A pipe that no child inherits and whose reading end, the first, never blocks. 0, or why there is none.
int ctransfer_pipe(int ends[2]);

// A file in memory that no child inherits, with these bytes, to be read from its beginning; -1 when there is no room.
int ctransfer_memory(const void *bytes, size_t count);

// Starts a program in a session of its own, in `directory` unless that is NULL, with no descriptor but its two outputs
// and `input`; with nothing to read when that is negative. 0, or why it was not started.
int ctransfer_spawn(pid_t *child, const char *program, const char *directory, char *const arguments[],
                    char *const environment[], int input, int output, int errors);

// Starts a program in a process group of its own, to which `terminal` belongs from then on. 0, or why not.
int ctransfer_spawn_foreground(pid_t *child, const char *program, const char *directory, char *const arguments[],
                               char *const environment[], int terminal);

// Makes `group` the one that the terminal obeys, whoever has it now. 0, or why not.
int ctransfer_take_terminal(int terminal, pid_t group);

// Readable once that process of ours has ended; -1 where the kernel is older than 5.3.
static inline int ctransfer_pidfd(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

// recv(2) of a datagram, with the hops that its packet had left in `hops`, -1 when the system does not tell, and
// who sent it in `sender`, whose family is 0 when the system does not tell.
static inline ssize_t ctransfer_receive_datagram(int descriptor, void *bytes, size_t count, int *hops,
                                                 struct sockaddr_storage *sender) {
  union {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int)) * 4];
  } control;
  struct iovec part = {.iov_base = bytes, .iov_len = count};
  struct msghdr message = {
      .msg_name = sender, .msg_namelen = sizeof *sender, .msg_iov = &part, .msg_iovlen = 1,
      .msg_control = &control, .msg_controllen = sizeof control};
  *hops = -1;
  memset(sender, 0, sizeof *sender);
  ssize_t received = recvmsg(descriptor, &message, 0);
  if (received < 0) return received;
  for (struct cmsghdr *note = CMSG_FIRSTHDR(&message); note != NULL; note = CMSG_NXTHDR(&message, note)) {
    int is_hops = (note->cmsg_level == IPPROTO_IP && note->cmsg_type == IP_TTL) ||
                  (note->cmsg_level == IPPROTO_IPV6 && note->cmsg_type == IPV6_HOPLIMIT);
    if (is_hops && note->cmsg_len >= CMSG_LEN(sizeof(int))) memcpy(hops, CMSG_DATA(note), sizeof(int));
  }
  return received;
}

// What was complained of about a datagram of ours (ip(7), IP_RECVERR).
struct ctransfer_complaint {
  // Whether it came as ICMP, of this type and code; else it is this machine's own.
  int is_icmp;
  unsigned char type, code;
  // Who says it, and to whom the datagram went.
  struct sockaddr_storage sender, target;
  // The beginning of the datagram.
  unsigned char quoted[64];
  size_t count;
};

// Takes the next complaint off the descriptor's queue; 0 when there is none.
static inline int ctransfer_receive_complaint(int descriptor, struct ctransfer_complaint *complaint) {
  union {
    struct cmsghdr header;
    char room[512];
  } control;
  struct iovec part = {.iov_base = complaint->quoted, .iov_len = sizeof complaint->quoted};
  struct msghdr message = {
      .msg_name = &complaint->target, .msg_namelen = sizeof complaint->target, .msg_iov = &part, .msg_iovlen = 1,
      .msg_control = &control, .msg_controllen = sizeof control};
  memset(complaint, 0, sizeof *complaint);
  ssize_t received = recvmsg(descriptor, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
  if (received < 0) return 0;
  complaint->count = (size_t)received;
  for (struct cmsghdr *note = CMSG_FIRSTHDR(&message); note != NULL; note = CMSG_NXTHDR(&message, note)) {
    int is_complaint = (note->cmsg_level == IPPROTO_IP && note->cmsg_type == IP_RECVERR) ||
                       (note->cmsg_level == IPPROTO_IPV6 && note->cmsg_type == IPV6_RECVERR);
    struct sock_extended_err error;
    if (!is_complaint || note->cmsg_len < CMSG_LEN(sizeof error)) continue;
    memcpy(&error, CMSG_DATA(note), sizeof error);
    complaint->is_icmp = error.ee_origin == SO_EE_ORIGIN_ICMP || error.ee_origin == SO_EE_ORIGIN_ICMP6;
    complaint->type = error.ee_type;
    complaint->code = error.ee_code;
    size_t size = note->cmsg_len - CMSG_LEN(sizeof error);
    if (size > sizeof complaint->sender) size = sizeof complaint->sender;
    memcpy(&complaint->sender, CMSG_DATA(note) + sizeof error, size);
  }
  return 1;
}

static inline void ctransfer_trim_heap(void) { malloc_trim(0); }

// Naming either also keeps glibc from raising both with each large piece that is freed.
static inline void ctransfer_keep_little(int bytes) {
    mallopt(M_MMAP_THRESHOLD, bytes);
    mallopt(M_TRIM_THRESHOLD, bytes);
}

// Linux keeps the first 15 bytes.
static inline void ctransfer_name_thread(const char *name) { prctl(PR_SET_NAME, name); }

#endif
