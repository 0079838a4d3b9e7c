using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>Members, indexes, slices and methods behind a value.</summary>
internal sealed partial class ExpressionParser
{
    /// <summary>Reads the name behind <c>env</c>, which must be written out: data must never choose a secret.</summary>
    private EnvironmentExpr ParseEnvironment(int at)
    {
        if (cursor.Current == '.' && SourceCursor.StartsName(cursor.Peek()))
        {
            cursor.At++;
            return new EnvironmentExpr(cursor.ReadName(), at);
        }

        if (cursor.Current == '[' && cursor.Peek() is '"' or '\'')
        {
            cursor.At++;
            var name = StringLiteral.Read(cursor);
            if (name.Length > 0 && name.All(SourceCursor.ContinuesName) && cursor.Take("]"))
            {
                return new EnvironmentExpr(name, at);
            }
        }

        throw cursor.Fault("'env' is read by a name that is written out: env.NAME.", TemplateErrorCodes.Secret, at);
    }

    /// <summary>Reads <c>.name</c>, <c>[index]</c>, <c>[a:b]</c> and <c>.method(…)</c> as long as they follow without space.</summary>
    private Expr ParseMembers(Expr target, bool isDotted)
    {
        var at = target.Offset;
        var segments = new List<PathSegment>();
        while (true)
        {
            if (cursor.Current == '.' && (SourceCursor.StartsName(cursor.Peek()) || char.IsAsciiDigit(cursor.Peek())))
            {
                cursor.At++;
                if (target is ScopeExpr && segments.Count == 0 && cursor.LooksWord("env"))
                {
                    cursor.At += 3;
                    return ParseEnvironment(at);
                }

                var nameAt = cursor.At;
                var plain = cursor.PeekName();
                var name = cursor.ReadName(withHyphens: isDotted || _joinsHyphens);
                if (cursor.Current == '(')
                {
                    target = ParseMethod(Joined(target, segments, at), name, nameAt);
                    segments.Clear();
                    continue;
                }

                if (!isDotted && plain.Length > 0 && name.Length > plain.Length)
                {
                    _joinedNames.Add(Joined(target, [.. segments, new PathSegment(name, null, null)], at));
                    _namesApart.Add(Joined(target, [.. segments, new PathSegment(plain, null, null)], at));
                }

                segments.Add(new PathSegment(name, null, null));
            }
            else if (cursor.Current == '[')
            {
                cursor.At++;
                segments.Add(ParseIndex());
            }
            else
            {
                return Joined(target, segments, at);
            }
        }
    }

    private static Expr Joined(Expr target, List<PathSegment> segments, int at)
    {
        if (segments.Count == 0)
        {
            return target;
        }

        // The scope's own members are its names: '.a' and '$.a' are 'a'.
        if (target is ScopeExpr && segments[0].Name is { } name)
        {
            var root = new RootExpr(name, null, at);
            return segments.Count == 1 ? root : new PathExpr(root, [.. segments.Skip(1)], at);
        }

        return new PathExpr(target, [.. segments], at);
    }

    private PathSegment ParseIndex()
    {
        Expr? start = null;
        cursor.SkipSpace();
        if (cursor.Current != ':')
        {
            start = Parse();
            cursor.SkipSpace();
            if (cursor.Take("]"))
            {
                return new PathSegment(null, start, null);
            }
        }

        var bounds = new Expr?[2];
        for (var i = 0; i < 2; i++)
        {
            cursor.SkipSpace();
            if (!cursor.Take(":"))
            {
                break;
            }

            cursor.SkipSpace();
            if (cursor.Current is not (':' or ']'))
            {
                bounds[i] = Parse();
            }
        }

        cursor.SkipSpace();
        return cursor.Take("]")
            ? new PathSegment(null, null, new SliceBounds(start, bounds[0], bounds[1]))
            : throw cursor.Fault($"Expected ']', but found {cursor.Found()}.");
    }
}
