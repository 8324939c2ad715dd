// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/power/cut_disk.hpp"

#include <fcntl.h>
#include <linux/loop.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/base/file.hpp"
#include "tests/support/program.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::size_t image_size_bytes = std::size_t{24} << 20U;
constexpr unsigned long ext4_shutdown = 0x8004587d;  // EXT4_IOC_SHUTDOWN: _IOR('X', 125, __u32)

std::unexpected<base::Error> failed(const std::filesystem::path& path, std::string_view doing) {
    return std::unexpected(base::error_of_errno(errno, path, doing));
}

// The image's blocks that hold anything: most of an empty file system is zeros.
base::Result<int> image_in_memory(const base::Bytes& image) {
    constexpr std::size_t block_size_bytes = 4096;
    const int descriptor = ::memfd_create("pillarbox-power", MFD_CLOEXEC);
    if (descriptor < 0 || ::ftruncate(descriptor, static_cast<off_t>(image.size())) != 0) {
        return failed("memory", "used for an image");
    }
    for (std::size_t offset = 0; offset < image.size(); offset += block_size_bytes) {
        const base::ByteView block = base::ByteView(image).subspan(offset, block_size_bytes);
        const bool is_empty = std::ranges::all_of(block, [](std::uint8_t byte) { return byte == 0; });
        if (!is_empty && ::pwrite(descriptor, block.data(), block.size(), static_cast<off_t>(offset)) < 0) {
            return failed("memory", "written");
        }
    }
    return descriptor;
}

// The free device that the system names may be taken by another process before we have it: then the next one is.
base::Result<std::pair<int, std::string>> attach(int image) {
    constexpr int attempts_max = 20;
    const int control = ::open("/dev/loop-control", O_RDWR | O_CLOEXEC);
    for (int attempt = 0; control >= 0 && attempt < attempts_max; ++attempt) {
        const int number = ::ioctl(control, LOOP_CTL_GET_FREE);
        const std::string path = "/dev/loop" + std::to_string(number);
        const int device = number < 0 ? -1 : ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        loop_config config{};
        config.fd = static_cast<__u32>(image);
        config.info.lo_flags = LO_FLAGS_AUTOCLEAR;  // also gone if this process is killed
        if (device >= 0 && ::ioctl(device, LOOP_CONFIGURE, &config) == 0) {
            ::close(control);
            return std::pair(device, path);
        }
        if (device >= 0) {
            ::close(device);
        }
    }
    if (control >= 0) {
        ::close(control);
    }
    return failed("/dev/loop-control", "used");
}

}  // namespace

base::Result<base::Bytes> make_empty_image(const std::filesystem::path& scratch_folder) {
    const std::filesystem::path path = scratch_folder / "empty.ext4";
    TRY(base::write_file(path, base::Bytes(image_size_bytes)));
    const Outcome made = run_program({"mkfs.ext4", "-q", "-F", "-m", "0", "-N", "64", "-J", "size=4", path.string()});
    if (made.exit_code != 0) {
        return base::fail(base::ErrorCode::unavailable, "mkfs.ext4", "It made no file system: " + made.errors);
    }
    return base::read_file(path, image_size_bytes);
}

CutDisk::CutDisk(int image, int device, std::string device_path, std::filesystem::path folder, std::string options)
    : image_(image),
      device_(device),
      device_path_(std::move(device_path)),
      folder_(std::move(folder)),
      options_(std::move(options)) {}

CutDisk::CutDisk(CutDisk&& other) noexcept
    : image_(std::exchange(other.image_, -1)),
      device_(std::exchange(other.device_, -1)),
      device_path_(std::move(other.device_path_)),
      folder_(std::move(other.folder_)),
      options_(std::move(other.options_)),
      is_mounted_(std::exchange(other.is_mounted_, false)) {}

CutDisk::~CutDisk() {
    if (is_mounted_) {
        ::umount2(folder_.c_str(), MNT_DETACH);  // also where a broken run left a file open
    }
    for (const int descriptor : {device_, image_}) {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
}

base::Result<CutDisk> CutDisk::mount(const base::Bytes& image, const std::filesystem::path& folder,
                                     std::string options) {
    TRY(base::make_folder(folder));
    const int memory = TRY(image_in_memory(image));
    auto device = attach(memory);
    if (!device.has_value()) {
        ::close(memory);
        return std::unexpected(device.error());
    }
    CutDisk disk(memory, device->first, device->second, folder, std::move(options));
    TRY(disk.mount_now());
    return disk;
}

base::Result<void> CutDisk::mount_now() {
    if (::mount(device_path_.c_str(), folder_.c_str(), "ext4", 0, options_.c_str()) != 0) {
        return failed(folder_, "mounted");
    }
    is_mounted_ = true;
    return {};
}

base::Result<void> CutDisk::cut_power(Cut cut) {
    const int root = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    auto flags = static_cast<std::uint32_t>(cut);
    const int outcome = root < 0 ? -1 : ::ioctl(root, ext4_shutdown, &flags);
    const int number = errno;
    if (root >= 0) {
        ::close(root);
    }
    errno = number;
    return outcome == 0 ? base::Result<void>() : failed(folder_, "cut from its power");
}

base::Result<void> CutDisk::mount_again() {
    if (::umount2(folder_.c_str(), 0) != 0) {
        return failed(folder_, "unmounted");
    }
    is_mounted_ = false;
    return mount_now();
}

}  // namespace pillarbox::tests
