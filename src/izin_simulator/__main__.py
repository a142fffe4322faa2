from izin_simulator.main import main

main()
