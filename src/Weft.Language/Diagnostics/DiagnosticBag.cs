namespace Weft.Language.Diagnostics;

/// <summary>Collects the findings of one load: no finding twice, and no more than people can read.</summary>
/// <param name="most">How many findings are kept; the rest is counted.</param>
internal sealed class DiagnosticBag(int most)
{
    private readonly Dictionary<Diagnostic, int> _found = [];
    private readonly Dictionary<string, int> _files = [];
    private int _left;

    public bool HasErrors { get; private set; }

    public void Error(string code, SourceSpan at, string message) => Add(code, DiagnosticSeverity.Error, at, message);

    public void Warn(string code, SourceSpan at, string message) => Add(code, DiagnosticSeverity.Warning, at, message);

    /// <summary>Warns of a name that leads nowhere.</summary>
    public void WarnOf(string subject, string code, SourceSpan at, string message) =>
        Add(code, DiagnosticSeverity.Warning, at, message, subject);

    /// <summary>Takes over the findings of another file's load.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var d in diagnostics)
        {
            Add(d.Code, d.Severity, new SourceSpan(d.File, d.Line, d.Column), d.Message, d.Subject);
        }
    }

    /// <summary>All findings in file order: the first file that had one comes first.</summary>
    public IReadOnlyList<Diagnostic> ToList(string? mainFile)
    {
        List<Diagnostic> all =
        [
            .. _found.Keys
                .OrderBy(d => string.Equals(d.File, mainFile, StringComparison.Ordinal) ? -1 : _files[d.File ?? ""])
                .ThenBy(d => d.Line).ThenBy(d => d.Column).ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => _found[d]),
        ];
        if (_left > 0)
        {
            var last = all[^1];
            all.Add(new Diagnostic(
                DiagnosticCodes.TooManyFindings, DiagnosticSeverity.Error, $"There are {_left} more findings. Mend these first.", last.File,
                last.Line, last.Column));
        }

        return all;
    }

    private void Add(string code, DiagnosticSeverity severity, SourceSpan at, string message, string? subject = null)
    {
        HasErrors |= severity == DiagnosticSeverity.Error;
        var diagnostic = new Diagnostic(code, severity, message, at.File, at.Line, at.Column) { Subject = subject };
        if (_found.ContainsKey(diagnostic))
        {
            return;
        }

        if (_found.Count >= most)
        {
            _left++;
            return;
        }

        _files.TryAdd(at.File ?? "", _files.Count);
        _found.Add(diagnostic, _found.Count);
    }
}
