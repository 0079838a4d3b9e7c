namespace Weft.Architecture.Tests;

public sealed class RoomTests
{
    public static TheoryData<string> Projects => [.. House.Product.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_LeanOnOneAnother_OneWayOnly(string project)
    {
        var circles = Rooms.Of(House.Product.Single(p => p.Name == project)).Circles();

        Assert.True(circles.Count == 0,
            $"Rooms of {project} lean on each other in a circle. Cut one of these arrows:\n  {string.Join("\n  ", circles)}");
    }
}
