using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Weft.Agents.Tools.Providers.Composio;
using Weft.Api.Problems;
using Weft.Language;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Failures;

namespace Weft.Cli.Tests.Faults;

/// <summary>Every code that the product throws, with what its fault comes to.</summary>
internal static partial class ThrownCodes
{
    /// <summary>Gets the folder that holds <c>src</c> and <c>tests</c>.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    /// <summary>Gets a line for each code and fault: code, category, whether it may pass, status, exit code.</summary>
    public static IReadOnlyList<string> Lines { get; } =
        [.. Found().Select(x => LineOf(x.Code, x.Fault)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The sources of the product, by their path below the root.</summary>
    public static IEnumerable<(string Path, string Text)> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Select(f => (Path.GetRelativePath(Root, f), File.ReadAllText(f)));

    private static IEnumerable<(string Code, Fault Fault)> Found()
    {
        foreach (var match in Sources().SelectMany(s => CodeAndFault().Matches(s.Text)))
        {
            var named = (Fault)typeof(Fault).GetProperty(match.Groups["fault"].Value)!.GetValue(null)!; // it compiles, so it is there
            yield return (match.Groups["code"].Value, match.Groups["retryable"].Success ? named with { Retryable = true } : named);
        }

        foreach (var match in Sources().SelectMany(s => NotThere().Matches(s.Text)))
        {
            yield return (match.Groups["code"].Value, Fault.NotFound);
        }

        foreach (var kind in Enum.GetValues<ComposioErrorKind>())
        {
            var exception = new ComposioException(kind, "");
            yield return (exception.Code, exception.Fault);
        }

        foreach (var code in typeof(TemplateErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            yield return ((string)code.GetRawConstantValue()!, new ExpressionException("", "").Fault);
        }

        foreach (var kind in ToolFailureKind.All.Where(k => k.Fault is not null))
        {
            yield return (kind.Word, kind.Fault!); // filtered
        }
    }

    private static string LineOf(string code, Fault fault) => string.Create(
        CultureInfo.InvariantCulture,
        $"{code,-28} {fault.Category,-17} {(fault.Retryable ? "may pass" : "stays"),-8} {FaultStatus.Of(fault.Category)} exit "
        + $"{ExitCodes.Of(fault)}");

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("""
        "(?<code>[a-z][a-z_]+)",\s*(?:Language\.)?Fault\.(?<fault>[A-Z]\w+)(?<retryable>\s+with\s+\{\s+Retryable\s+=\s+(?:true|failed)[^}]*\})?
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CodeAndFault();

    [GeneratedRegex("""ApiException\.NotFound\(\s*"(?<code>\w+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotThere();
}
