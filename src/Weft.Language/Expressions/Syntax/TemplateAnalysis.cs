namespace Weft.Language.Expressions.Syntax;

/// <summary>Gathers what a template reads, without evaluating it.</summary>
internal sealed class TemplateAnalysis
{
    private readonly List<ReferencedPath> _paths = [];
    private readonly HashSet<ReferencedPath> _seen = [];
    private int _tolerant;

    public IReadOnlyList<ReferencedPath> Paths => _paths;

    public SortedSet<string> Environment { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Schemas { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Tools { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Functions { get; } = new(StringComparer.Ordinal);

    public bool ReadsWholeScope { get; set; }

    public void Read(IReadOnlyList<string> segments)
    {
        var path = new ReferencedPath(segments, _tolerant > 0);
        if (_seen.Add(path))
        {
            _paths.Add(path);
        }
    }

    /// <summary>Reads a path below a root, a local or the scope.</summary>
    public void ReadFrom(Expr target, List<string> segments)
    {
        switch (target)
        {
            case RootExpr root:
                Read([root.Name, .. segments]);
                break;
            case ScopeExpr when segments.Count > 0:
                Read(segments);
                break;
            default:
                target.Analyze(this);
                break;
        }
    }

    /// <summary>Reads where a path that leads to nothing does no harm.</summary>
    public void Tolerantly(Expr? expression)
    {
        _tolerant++;
        expression?.Analyze(this);
        _tolerant--;
    }
}
