using System.CommandLine;

namespace Weft.Cli.Commands;

/// <summary>Options that several commands share: one object a command, since each remembers its own place.</summary>
internal static class CommonOptions
{
    public static Option<string> Data() => new("--data")
    {
        Description = "The folder of the database, the keys and the caches.",
        DefaultValueFactory = _ => ".weft",
    };

    public static Option<bool> Sandbox() => new("--sandbox")
    {
        Description = "Start loopback simulators, and point providers and Composio at them. No key is needed.",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for scripts, and nothing else." };

    public static Option<string[]> Workflows() => new("--workflows")
    {
        Description = "A folder of workflows and, below 'agents', of agent cards. May be given more than once. Default: workflows.",
    };

    /// <summary>The folders that were given, else <c>workflows</c> where there is one.</summary>
    public static IReadOnlyList<string> Folders(string[]? given)
    {
        if (given is { Length: > 0 })
        {
            foreach (var folder in given)
            {
                if (!Directory.Exists(folder))
                {
                    throw new UsageException($"--workflows names the folder '{folder}', which does not exist.");
                }
            }

            return given;
        }

        return Directory.Exists("workflows") ? ["workflows"] : [];
    }
}
