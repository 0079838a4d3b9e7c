using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Weft.Agents.Models.Providers;

/// <summary>Reads what a workflow's file refers to as <c>{{ .env.NAME }}</c>: its own <c>env</c> first, then the host's settings.</summary>
internal sealed partial class EnvSettings(IConfiguration configuration)
{
    /// <summary>A setting of the host; null when it is not set or blank.</summary>
    public string? Setting(string? name) =>
        name is not null && configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>A name as a workflow sees it.</summary>
    public string? Read(string name, IReadOnlyDictionary<string, string> env) =>
        env.TryGetValue(name, out var own) ? Expand(own, NoEnv) : Setting(name);

    /// <summary>A text with its references replaced; null when one is not set, or nothing is left.</summary>
    public string? Expand(string template, IReadOnlyDictionary<string, string> env)
    {
        var missing = false;
        var text = Reference().Replace(template, match =>
        {
            var value = Read(match.Groups["name"].Value, env);
            missing |= value is null;
            return value ?? "";
        });
        return missing || text.Length == 0 ? null : text;
    }

    /// <summary>The first name that a text refers to; null when it refers to none.</summary>
    public static string? NameIn(string template) =>
        Reference().Match(template) is { Success: true } match ? match.Groups["name"].Value : null;

    // A workflow's env entry may read the host's setting of the same name, and nothing of its own.
    private static IReadOnlyDictionary<string, string> NoEnv { get; } = new Dictionary<string, string>();

    [GeneratedRegex(
        @"\{\{-?\s*\$?\.?env\.(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
