using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Weft.Language.Definitions;

namespace Weft.Language.Tests.Definitions;

/// <summary>A record or a property of a definition that no golden holds could change its place unseen.</summary>
public sealed class GoldenCoverageTests
{
    /// <summary>What the loader never writes: a node whose failure fails the execution has no policy at all.</summary>
    private static readonly string[] NeverLoaded = ["NodeErrorAction.Fail"];

    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    [Fact]
    public void Record_OfADefinition_IsInAGoldenWithEveryProperty()
    {
        foreach (var name in Golden.Names)
        {
            Visit(Golden.Load(name));
        }

        List<string> missing = [.. Members(typeof(WorkflowDefinition)).Where(m => !_found.Contains(m)).Order(StringComparer.Ordinal)];
        Assert.True(
            missing.Count == 0,
            $"No golden holds {string.Join(", ", missing)}. Write it in a file of 'Goldens', and run the tests once with "
            + $"WEFT_WRITE_GOLDENS=1.");
    }

    [Theory]
    [InlineData(typeof(Dialect))]
    [InlineData(typeof(GroupStrategy))]
    [InlineData(typeof(NodeErrorAction))]
    [InlineData(typeof(UnknownOutcomePolicy))]
    public void Word_OfADefinition_IsInAGolden(Type words)
    {
        foreach (var name in Golden.Names)
        {
            Visit(Golden.Load(name));
        }

        Assert.All(Enum.GetNames(words).Select(word => $"{words.Name}.{word}").Except(NeverLoaded), word => Assert.Contains(word, _found));
    }

    [Fact]
    public void Types_OfADefinition_HaveNamesOfTheirOwn()
    {
        var types = Reached(typeof(WorkflowDefinition)).ToList();

        Assert.Equal(types.Count, types.Select(t => t.Name).Distinct(StringComparer.Ordinal).Count());
    }

    private static IEnumerable<string> Members(Type root) => Reached(root)
        .Where(t => !t.IsAbstract)
        .SelectMany(t => Properties(t).Select(p => NameOf(t, p)).Append(t.Name))
        .Distinct(StringComparer.Ordinal);

    /// <summary>The records that the stored form of a type may hold.</summary>
    private static HashSet<Type> Reached(Type root)
    {
        var reached = new HashSet<Type>();
        var open = new Stack<Type>([root]);
        while (open.TryPop(out var type))
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type.IsGenericType)
            {
                Array.ForEach(type.GetGenericArguments(), open.Push);
            }
            else if (IsOurs(type) && reached.Add(type))
            {
                var info = WeftJson.Options.GetTypeInfo(type);
                var kinds = info.PolymorphismOptions?.DerivedTypes.Select(d => d.DerivedType) ?? [];
                info.Properties.Select(p => p.PropertyType).Concat(kinds).ToList().ForEach(open.Push);
            }
        }

        return reached;
    }

    private static bool IsOurs(Type type) => !type.IsEnum && type.Assembly == typeof(WorkflowDefinition).Assembly;

    private static IList<JsonPropertyInfo> Properties(Type type) => WeftJson.Options.GetTypeInfo(type).Properties;

    /// <summary>What a base record brings along is one property, wherever it occurs.</summary>
    private static string NameOf(Type type, JsonPropertyInfo property) =>
        $"{((property.AttributeProvider as MemberInfo)?.DeclaringType ?? type).Name}.{property.Name}";

    private void Visit(object? value)
    {
        switch (value)
        {
            case Enum word:
                _found.Add($"{word.GetType().Name}.{word}");
                break;
            case IDictionary { Count: > 0 } map:
                Visit(map.Values);
                break;
            case IEnumerable list and not string and not JsonNode:
                list.Cast<object?>().ToList().ForEach(Visit);
                break;
            case not null when IsOurs(value.GetType()):
                _found.Add(value.GetType().Name);
                foreach (var property in Properties(value.GetType()))
                {
                    var part = property.Get!(value);
                    if (part is not null and not ICollection { Count: 0 })
                    {
                        _found.Add(NameOf(value.GetType(), property));
                    }

                    Visit(part);
                }

                break;
        }
    }
}
