using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>a.b["c"][0][1:3]</c>: a value and steps into it.</summary>
internal sealed class PathExpr(Expr target, PathSegment[] segments, int offset)
    : Expr(offset, 1 + Math.Max(target.Depth, DepthOf(segments)))
{
    public Expr Target => target;

    public PathSegment[] Segments => segments;

    public override string PathText => segments.Aggregate(target.PathText, static (path, x) => x switch
    {
        { Name: { } name } => Join(path, name),
        { Key: LiteralExpr literal } => Join(path, Written(literal.Value)),
        _ => path + "[…]",
    });

    public static string Join(string path, string segment) =>
        segment.StartsWith('[') || (path.Length == 0 && segment.StartsWith('.')) ? path + segment : $"{path}.{segment}";

    public static string Written(Value key) =>
        key.IsText ? key.AsText : $"[{ValueText.Of(key, 1000)}]";

    public override Value Evaluate(RenderContext context)
    {
        var value = target.Evaluate(context);
        for (var i = 0; i < segments.Length; i++)
        {
            if (value.Kind == ValueKind.Undefined)
            {
                return value;
            }

            value = Step(context, value, segments[i], i);
        }

        return value;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        if (target is RootExpr or LocalExpr or ScopeExpr)
        {
            var known = segments.TakeWhile(x => x.Name is not null || x.Key is LiteralExpr)
                .Select(x => x.Name ?? ValueText.Of(((LiteralExpr)x.Key!).Value, 1000)) // a segment without a name has a key here
                .ToList();
            analysis.ReadFrom(target, known);
        }
        else
        {
            target.Analyze(analysis);
        }

        foreach (var (_, key, slice) in segments)
        {
            key?.Analyze(analysis);
            slice?.Start?.Analyze(analysis);
            slice?.Stop?.Analyze(analysis);
            slice?.Step?.Analyze(analysis);
        }
    }

    private static int DepthOf(PathSegment[] segments) => segments
        .Select(x =>
            Math.Max(x.Key?.Depth ?? 0,
                Math.Max(x.Slice?.Start?.Depth ?? 0, Math.Max(x.Slice?.Stop?.Depth ?? 0, x.Slice?.Step?.Depth ?? 0))))
        .DefaultIfEmpty()
        .Max();

    private Value Step(RenderContext context, Value value, in PathSegment segment, int index)
    {
        context.Budget.Spend();
        if (segment.Name is { } name)
        {
            return Member.TryGet(value, name, out var member) ? member : Missing(value, name, index);
        }

        if (segment.Slice is { } slice)
        {
            context.At = Offset;
            return Slicing.Slice(context, value, Bound(context, slice.Start), Bound(context, slice.Stop), Bound(context, slice.Step));
        }

        var key = context.Require(segment.Key!.Evaluate(context)); // a segment that is no name and no slice has a key
        context.At = Offset;
        return Member.TryGetItem(context, value, key, out var item) ? item : Missing(value, Written(key), index);
    }

    private static Value Bound(RenderContext context, Expr? bound) => bound is null ? default : context.Require(bound.Evaluate(context));

    private Value Missing(Value container, string segment, int index)
    {
        var path = target.PathText;
        for (var i = 0; i < index; i++)
        {
            path = segments[i] switch
            {
                { Name: { } name } => Join(path, name),
                { Key: LiteralExpr literal } => Join(path, Written(literal.Value)),
                _ => path + "[…]",
            };
        }

        if (container.Kind == ValueKind.Object && target is ScopeExpr && index == 0)
        {
            (path, container) = ("", default);
        }

        var whole = path.Length == 0 && target is ScopeExpr ? segment : Join(path, segment);
        return Value.Of(new UndefinedPath(whole, segment, container, Offset));
    }
}
