using Weft.Conformance;

namespace Weft.Extending.Tests.Engines;

public sealed class TimerTests : TimerConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EngineUnderTest.StartAsync(setup, time);
}
