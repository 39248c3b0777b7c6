#pragma once

namespace hiratake {

class ServiceContainer;

/// A part of a service container with a life of its own: an entrypoint, a dependency provider, or what several of these
/// share. The built-in ones have no privileges: a user can write any of them.
///
/// The container calls setup() on all of its extensions, then start() on all; when it ends, stop() or kill(). All four
/// run on the thread that starts or stops the container. (Nameko: extensions.Extension.)
class Extension {
  public:
    Extension() = default;
    Extension(const Extension&) = delete;
    Extension& operator=(const Extension&) = delete;
    virtual ~Extension();

    /// Find what is needed, read the configuration, declare topology. May throw, which ends the start with that error.
    /// @param container outlives the extension
    virtual void setup(ServiceContainer& container) { static_cast<void>(container); }
    /// Begin to work. Every extension of the container has been set up by now. May throw, as setup().
    virtual void start() {}
    /// Take no new work, then return; the container waits for the running workers itself. Must not throw.
    virtual void stop() noexcept {}
    /// End at once, with no regard for work in progress.
    virtual void kill() noexcept {}
};

/// An extension of which a container holds one of each type, made when it is first asked for
/// (ServiceContainer::shared). It is set up right then, started before the entrypoints and dependencies, and stopped
/// after them. (Nameko: extensions.SharedExtension.)
class SharedExtension : public Extension {};

}  // namespace hiratake
