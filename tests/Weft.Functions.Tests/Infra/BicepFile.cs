using System.Text.RegularExpressions;

namespace Weft.Functions.Tests.Infra;

/// <summary>A Bicep file, as far as simple rules need it. <c>infra/check/run</c> parses the whole grammar.</summary>
internal sealed partial class BicepFile
{
    private BicepFile(string path)
    {
        Path = path;

        // Comments go; in texts only what is interpolated counts, so they may stay.
        Code = Comment().Replace(File.ReadAllText(path), "");
        Params = Param().Matches(Code).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["default"].Success, StringComparer.Ordinal);
        Outputs = [.. Output().Matches(Code).Select(m => m.Groups["name"].Value)];
        Modules = [.. Module().Matches(Code).Select(
            m => new BicepModule(m.Groups["name"].Value, m.Groups["path"].Value, ParamsOf(Code, m.Index)))];
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    public string Code { get; }

    /// <summary>Gets the parameters, and whether each has a default.</summary>
    public IReadOnlyDictionary<string, bool> Params { get; }

    public IReadOnlyList<string> Outputs { get; }

    public IReadOnlyList<BicepModule> Modules { get; }

    public static IReadOnlyList<BicepFile> All { get; } = [.. ProjectFiles.Below("infra", "*.bicep").Select(f => new BicepFile(f))];

    public static BicepFile Main => All.Single(f => f.Name == "main.bicep");

    /// <summary>How often a name is used: neither where it is declared, nor as the name of a property.</summary>
    public int UsesOf(string name) =>
        Regex.Count(Code, $@"(?<![\w.]){Regex.Escape(name)}(?!\w)", RegexOptions.None, TimeSpan.FromSeconds(1))
        - Regex.Count(Code, $@"(^(param|var|output) {Regex.Escape(name)}\b)|((^|[{{,])[ \t]*{Regex.Escape(name)}:)", RegexOptions.Multiline,
            TimeSpan.FromSeconds(1));

    private static List<string> ParamsOf(string code, int module)
    {
        var start = code.IndexOf("\n  params: {", module, StringComparison.Ordinal);
        var end = start < 0 ? -1 : code.IndexOf("\n  }", start, StringComparison.Ordinal);
        return end < 0 ? [] : [.. Key().Matches(code[(start + 12)..end]).Select(m => m.Groups["name"].Value)];
    }

    [GeneratedRegex(@"(?<!:)//[^\n]*", RegexOptions.None, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^param (?<name>\w+) \w+(?<default> =)?", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Param();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Output();

    [GeneratedRegex(@"^module (?<name>\w+) '(?<path>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Module();

    [GeneratedRegex(@"^    (?<name>\w+):", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Key();
}

/// <summary>A use of a module: its symbol, its file, and the parameters it is given.</summary>
internal sealed record BicepModule(string Symbol, string File, IReadOnlyList<string> Params);
