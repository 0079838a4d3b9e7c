using System.Reflection;
using Weft.Language.Definitions;
using Weft.Language.Loading;

namespace Weft.Language.Tests.Definitions;

/// <summary>Each kind of task has a row, a way to be written, and a golden.</summary>
public sealed class TaskKindsTests
{
    public static TheoryData<string> Forms => [.. TaskForms.All.Select(f => f.Word)];

    public static TheoryData<Type> Records => [.. Subtypes(typeof(TaskDefinition)), .. Subtypes(typeof(Step))];

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_OfATaskOrAStep_HasARow(Type record)
    {
        var known = TaskKinds.All.Select(k => k.DerivedType)
            .Concat(WeftJson.Options.GetTypeInfo(typeof(Step)).PolymorphismOptions!.DerivedTypes.Select(d => d.DerivedType));

        Assert.Contains(record, known);
    }

    [Fact]
    public void Kind_OfATask_IsInAGolden()
    {
        var found = Golden.Names.SelectMany(name => TaskTree.Of(Golden.Load(name))).Select(t => t.GetType()).ToHashSet();

        Assert.All(TaskKinds.All, kind => Assert.Contains(kind.DerivedType, found));
    }

    [Fact]
    public void Words_OfKinds_DifferFromEachOther() =>
        Assert.Equal(TaskKinds.All.Count, TaskKinds.All.Select(k => k.Word).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(Forms))]
    public void Type_ThatAFileCanHold_IsWrittenOfInTheReference(string word) =>
        Assert.Contains($"`{word}`", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "language.md")));

    [Fact]
    public void Word_OfABasicTask_IsThatOfItsStep()
    {
        var task = new BasicTask { Id = "a", Step = new ToolStep { Tool = "shop.get" } };

        Assert.Equal("tool", TaskKinds.WordOf(task));
    }

    [Fact]
    public void Kind_WithoutARow_IsAFaultAndNoOtherKind()
    {
        var fault = Assert.Throws<NotSupportedException>(() => TaskKinds.WordOf(new Stranger { Id = "a" }));

        Assert.Contains("Stranger", fault.Message);
    }

    [Fact]
    public void Tree_OfADefinition_HoldsTheChildrenOfEveryKind()
    {
        var tasks = Loading.Load.Tasks(
            """
            tasks:
              - { id: p, type: parallel, tasks: [{ id: p1 }] }
              - { id: c, type: collection, items: [1], task: { id: c1 } }
              - { id: k, type: composite, tasks: [{ id: k1 }] }
              - { id: r, type: router, condition: "x", routes: { a: { id: r1 }, default: p } }
              - { id: w, type: wait, wait_for: go, processor: { id: w1 } }
              - { id: l, type: loop, max_iterations: 2, tasks: [{ id: l1 }] }
            """);

        Assert.Equal("p p1 c c1 k k1 r r1 w w1 l l1", string.Join(' ', TaskTree.Of(tasks).Select(t => t.Id)));
    }

    private static IEnumerable<Type> Subtypes(Type root) => root.Assembly.GetTypes().Where(t => t.BaseType == root);

    private sealed record Stranger : TaskDefinition;
}
