using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Weft.Functions.AzuriteTests.Emulator;

/// <summary>xunit, but where there is no emulator all tests of the assembly are skipped, and say what is missing.</summary>
/// <remarks>
/// An attribute in place of <c>Fact</c> would not do: the tests of a conformance class are written elsewhere. Fixtures are made
/// nonetheless, so they look at <see cref="Azurite.Program"/> first.
/// </remarks>
public sealed class EmulatorTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(
                Azurite.Program is null ? testCases.Select(Skipped) : testCases, executionMessageSink, executionOptions);

        private XunitSkippedDataRowTestCase Skipped(IXunitTestCase test) =>
            new(DiagnosticMessageSink, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, test.TestMethod, Azurite.HowTo,
                test.TestMethodArguments);
    }
}
