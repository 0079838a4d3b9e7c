namespace Weft.Cli.Hosting;

/// <summary>What the command line decides about the embedded host.</summary>
internal sealed record HostSettings
{
    /// <summary>Gets the folder of the database, the keys and the caches. One process at a time owns it.</summary>
    public string DataFolder { get; init; } = ".weft";

    /// <summary>Gets the folders whose definitions are registered at the start.</summary>
    public IReadOnlyList<string> WorkflowFolders { get; init; } = [];

    /// <summary>Gets a value indicating whether providers and tools are loopback simulators.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Gets the address to listen on; null: none.</summary>
    public string? Urls { get; init; }

    /// <summary>Gets a value indicating whether changed definitions are loaded while it runs.</summary>
    public bool Watch { get; init; }
}
