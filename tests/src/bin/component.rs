//! Makes `host-native/component/slotpipe.wasm`, the component, from the core's wasm module.

use std::process::ExitCode;

use slotpipe_tests::component;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module] = arguments.as_slice() else {
        eprintln!("usage: component MODULE.wasm (under the target directory: {})", component::MODULE);
        return ExitCode::FAILURE;
    };
    match component::write(module) {
        Ok((module, component)) => {
            println!("core module {module} bytes, component {component} bytes");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("component: {error}");
            ExitCode::FAILURE
        }
    }
}
