// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sealed_block.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/base/check.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(block_key_size_bytes == crypto_core_hchacha20_KEYBYTES);
static_assert(block_overhead_bytes == nonce_size + tag_size);

enum class Way : int { open = 0, seal = 1 };

// XChaCha20-Poly1305 is HChaCha20, which makes a key of its own for each nonce, and then the cipher of RFC 8439. The
// latter is OpenSSL's, which takes half of libsodium's time for a page
// (docs/decisions/0010-bulk-hashing-by-openssl.md). On the ordinary heap, until the context goes and wipes it, is the
// key of this one block.
class Cipher {
  public:
    Cipher(Way way, const SecretBytes& key, base::ByteView nonce, base::ByteView associated)
        : context_(EVP_CIPHER_CTX_new()) {
        static const EVP_CIPHER* const method =
            EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);  // once, and never given back
        PILLARBOX_CHECK(key.size() == block_key_size_bytes && nonce.size() == nonce_size);
        PILLARBOX_CHECK(context_ != nullptr && method != nullptr);
        constexpr std::size_t first_part = crypto_core_hchacha20_INPUTBYTES;
        std::array<std::uint8_t, crypto_core_hchacha20_OUTPUTBYTES> key_of_block{};
        crypto_core_hchacha20(key_of_block.data(), nonce.data(), key.view().data(), nullptr);
        std::array<std::uint8_t, 12> rest{};  // four zeros, and what is left of the nonce
        std::ranges::copy(nonce.subspan(first_part), rest.begin() + 4);
        PILLARBOX_CHECK(EVP_CipherInit_ex2(context_.get(), method, key_of_block.data(), rest.data(),
                                           static_cast<int>(way), nullptr) == 1);
        wipe(key_of_block);
        run(associated, nullptr);
    }

    void run(base::ByteView in, std::uint8_t* out) {
        int written = 0;
        PILLARBOX_CHECK(EVP_CipherUpdate(context_.get(), out, &written, in.data(), static_cast<int>(in.size())) == 1);
    }
    [[nodiscard]] bool finish() {
        std::array<std::uint8_t, tag_size> nothing{};
        int written = 0;
        return EVP_CipherFinal_ex(context_.get(), nothing.data(), &written) == 1;
    }
    void tag(int command, std::uint8_t* bytes) {
        PILLARBOX_CHECK(EVP_CIPHER_CTX_ctrl(context_.get(), command, static_cast<int>(tag_size), bytes) == 1);
    }

  private:
    struct Free {
        void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    };
    std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

}  // namespace

void seal_block(const SecretBytes& key, base::ByteView associated, base::ByteView plaintext, base::Random& random,
                std::span<std::uint8_t> out) {
    ensure_sodium_ready();
    PILLARBOX_CHECK(out.size() == plaintext.size() + block_overhead_bytes);
    const auto nonce = out.subspan(plaintext.size(), nonce_size);
    random.fill(nonce);
    Cipher cipher(Way::seal, key, nonce, associated);
    cipher.run(plaintext, out.data());
    PILLARBOX_CHECK(cipher.finish());
    cipher.tag(EVP_CTRL_AEAD_GET_TAG, out.subspan(plaintext.size() + nonce_size).data());
}

bool open_block(const SecretBytes& key, base::ByteView associated, base::ByteView sealed,
                std::span<std::uint8_t> out) {
    ensure_sodium_ready();
    PILLARBOX_CHECK(sealed.size() == out.size() + block_overhead_bytes);
    const auto nonce = sealed.subspan(out.size(), nonce_size);
    std::array<std::uint8_t, tag_size> tag{};
    std::ranges::copy(sealed.subspan(out.size() + nonce_size, tag_size), tag.begin());
    Cipher cipher(Way::open, key, nonce, associated);
    cipher.run(sealed.first(out.size()), out.data());
    cipher.tag(EVP_CTRL_AEAD_SET_TAG, tag.data());
    const bool opened = cipher.finish();
    if (!opened) {
        std::ranges::fill(out, std::uint8_t{0});
    }
    return opened;
}

}  // namespace pillarbox::crypto
