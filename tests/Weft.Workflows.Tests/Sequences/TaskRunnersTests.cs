using Weft.Language.Definitions;
using Weft.Workflows.Sequences;

namespace Weft.Workflows.Tests.Sequences;

public sealed class TaskRunnersTests
{
    public static TheoryData<Type> Kinds => [.. TaskKinds.All.Select(k => k.DerivedType)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_OfATask_HasARunner(Type kind) => Assert.Contains(kind, TaskRunners.Records);

    [Fact]
    public void Runner_OfATask_IsOfAKind() => Assert.Empty(TaskRunners.Records.Except(TaskKinds.All.Select(k => k.DerivedType)));
}
