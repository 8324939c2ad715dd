// SPDX-License-Identifier: GPL-3.0-or-later
//
// Moves a store to another database. Its keys stay in its folder, its name and epoch move with it, so that kiosks
// notice nothing. Nobody else may work with the store meanwhile: what is taken in during the move would be left
// behind, with a receipt.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/result.hpp"
#include "sync/store/copying.hpp"

namespace pillarbox::store {

// The right to work with a store's folder, shared by all but a move. The kernel takes it back with the process.
class FolderUse {
  public:
    enum class Kind { shared, alone };
    // unavailable where another process is in the way.
    [[nodiscard]] static base::Result<FolderUse> take(const std::filesystem::path& folder, Kind kind);
    ~FolderUse();
    FolderUse(FolderUse&& other) noexcept;
    FolderUse& operator=(FolderUse&&) = delete;

  private:
    explicit FolderUse(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

// From one address to another, all of it, compared in the end; then the folder's store is there. A move that was
// killed is finished by moving again. `from` stays as it is.
[[nodiscard]] base::Result<CopyReport> move_store(const std::filesystem::path& folder, std::string_view from,
                                                  std::string_view to, const CopyProgress& progress);

}  // namespace pillarbox::store
