using System.Text.RegularExpressions;

namespace Weft.Functions.Tests.Infra;

/// <summary>What is read of infra as text.</summary>
internal static partial class InfraFiles
{
    /// <summary>Gets the variables that an environment may set.</summary>
    public static IReadOnlySet<string> Variables { get; } = Read().Matches(ProjectFiles.Read("infra/main.bicepparam"))
        .Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Gets what a deployment tells.</summary>
    public static IReadOnlySet<string> Outputs { get; } = Output().Matches(ProjectFiles.Read("infra/main.bicep"))
        .Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>\w+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Read();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Output();
}
