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

    /// <summary>A key is missing, a provider cannot be reached, a folder is in use: the message says what to set.</summary>
    public const int Configuration = 4;
}
