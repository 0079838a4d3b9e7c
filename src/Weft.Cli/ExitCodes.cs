using Weft.Language;

namespace Weft.Cli;

/// <summary>What the process answers to the shell.</summary>
internal static class ExitCodes
{
    public const int Completed = 0;

    /// <summary>The workflow failed, or the input or a definition was invalid.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 2;

    public const int Cancelled = 3;

    /// <summary>
    /// A key is missing, a provider or server cannot do its part, a folder is in use: the message says what to set or to wait for.
    /// </summary>
    public const int Configuration = 4;

    /// <summary>
    /// What a fault answers: the command's own is <see cref="Failed"/>, one of what lies around it <see cref="Configuration"/>.
    /// </summary>
    public static int Of(Fault fault) => fault.Category switch
    {
        FaultCategory.Unauthenticated or FaultCategory.Upstream or FaultCategory.UpstreamTimeout or FaultCategory.Unavailable =>
            Configuration,
        _ => Failed,
    };
}
